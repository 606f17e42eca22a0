/** The shapes of the API, from openapi.yaml: what drifts apart does not compile. */
import type { components, paths } from "../../target/schema";

type Schemas = components["schemas"];

export type Overview = Schemas["Overview"];
export type Health = Schemas["Health"];
export type HealthState = Schemas["HealthState"];
export type Machine = Schemas["Machine"];
export type MachineDetail = Schemas["MachineDetail"];
export type MachineRef = Schemas["MachineRef"];
export type MachineState = Schemas["MachineState"];
export type Reading = Schemas["Reading"];
export type Fault = Schemas["Fault"];
export type Hour = Schemas["Hour"];
export type HourList = Schemas["HourList"];
export type Sale = Schemas["Sale"];
export type Channel = Schemas["Channel"];
export type ChannelDetail = Schemas["ChannelDetail"];
export type Customer = Schemas["Customer"];
export type CustomerDay = Schemas["CustomerDay"];
export type CustomerDays = Schemas["CustomerDays"];
export type Redemption = Schemas["Redemption"];
export type Service = Schemas["Service"];
export type Problem = Schemas["Problem"];
export type ProblemList = Schemas["ProblemList"];
export type Party = Schemas["Party"];
export type Product = Schemas["Product"];
export type Token = Schemas["Token"];
export type Reset = Schemas["Reset"];
export type Contracts = Schemas["Contracts"];
export type Contract = Schemas["Contract"];
export type HttpProblem = Schemas["HttpProblem"];

/** One page of a list. */
export type Page<T> = { items: T[]; next: string | null };

/** What a GET of a path answers. */
export type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { "application/json": infer A } } } };
}
  ? A
  : never;

/** The events of /api/stream by name. */
export type StreamEvents = {
  sale: Sale;
  balance: Channel;
  redemption: Redemption;
  machine: Machine;
  service: Service;
  problem: ProblemList;
  overview: Overview;
  reset: Reset;
};
