import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { queries } from "../api/queries";
import type { Problem } from "../api/types";
import { kindWords, problemsSentence } from "../format/words";
import { Answered } from "../parts/Answered";
import { Section } from "../parts/Section";
import { Status } from "../parts/Status";
import { Time } from "../parts/values";
import css from "./Problems.module.css";

const FIRST = 4;

/** Is anything stuck or refused, and why? */
export function Problems() {
  const query = useQuery(queries.problems());
  const [all, setAll] = useState(false);
  const items = query.data?.items ?? [];
  return (
    <Section
      id="problems"
      title="Problems"
      question="Is anything stuck or refused, and why?"
      answer={query.data && problemsSentence(query.data.sentence, items)}
    >
      <Answered query={query} height={60}>
        {() =>
          items.length > 0 && (
            <>
              <ul className={css.list}>
                {(all ? items : items.slice(0, FIRST)).map(problem => (
                  <ProblemRow key={problem.id} problem={problem} />
                ))}
              </ul>
              {items.length > FIRST && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  onClick={() => {
                    setAll(!all);
                  }}
                >
                  {all ? `Show the first ${FIRST} problems` : `Show all ${items.length} problems`}
                </Button>
              )}
            </>
          )
        }
      </Answered>
    </Section>
  );
}

function ProblemRow({ problem }: { problem: Problem }) {
  return (
    <li className={css.row}>
      <div className={css.kind}>
        <Status tone={problem.severity === "error" ? "bad" : "warn"}>{kindWords(problem.kind)}</Status>
        <span className={css.since}>
          {problem.severity === "error" ? "Error" : "Warning"}
          {problem.since && (
            <>
              , <Time at={problem.since} relative />
            </>
          )}
        </span>
      </div>
      <div>
        <p className={css.what}>{problem.sentence}</p>
        <p className={css.remedy}>
          <span>What to do: </span>
          {problem.remedy} <SubjectLink subject={problem.subject} />
        </p>
      </div>
    </li>
  );
}

function SubjectLink({ subject }: { subject: Problem["subject"] }) {
  if (subject.type === "machine")
    return <Link to={`/machines/${subject.id}`}>See machine {subject.label}</Link>;
  if (subject.type === "channel") return <Link to={`/channels/${subject.id}`}>See the channel</Link>;
  return null;
}
