// The participants of the measurements: a manufacturer, a hundred customers with a channel each, one customer with a
// hundred channels, a hundred employees, and what each of them signs.
import {createHash} from "node:crypto";
import {CHAIN_ID, START} from "./chain.mjs";

export const CHANNELS = 100;
export const UNIT = 1_000_000n;
const YEAR = 365 * 86_400;
const PERIOD_MINUTES = 7 * 24 * 60;
const LATER = START + 5 * YEAR;
const ZERO = `0x${"0".repeat(64)}`;
/** IdentityProvider's Kind of a vote. */
const SET_ROLES = 3;
const NOBODY = `0x${"0".repeat(40)}`;

const TYPES = {
  Receipt: "bytes32 channel,uint64 sequence,uint96 total,bytes32 history",
  Badge: "address customer,address employee,bytes32 channel,uint96 maxTotal,uint32 epoch,uint64 validFrom,uint64 validUntil",
  Terms:
    "address token,uint96 minDeposit,uint32 challengePeriod,uint64 minimumTerm,uint32 notice,uint96 downtimePerHour,uint96 downtimeCap,uint96 bond,bytes32 document",
  Offer: "address manufacturer,address customer,bytes32 machine,Terms terms,uint64 validUntil,uint256 nonce",
  ServiceAgreement:
    "address manufacturer,address provider,bytes32 machine,uint96 fee,uint96 bonusPerHour,uint96 bonusCap,uint96 penaltyPerHour,uint96 penaltyCap,uint32 responseTime,uint32 repairTime,uint32 inspectionTime,uint96 disputeBond,uint64 validUntil,uint256 nonce,bytes32 document",
  SupplyAgreement:
    "address buyer,address supplier,bytes32 goods,uint96 unitPrice,uint32 maxQuantity,uint32 deliveryTime,uint96 penaltyPerDay,uint96 penaltyCap,uint32 inspectionTime,uint96 disputeBond,uint64 validUntil,uint256 nonce,bytes32 document",
  Attestation: "bytes32 machine,bytes32 subject,uint8 verdict,uint64 time,bytes32 evidence",
  Permit: "address owner,address spender,uint256 value,uint256 nonce,uint256 deadline",
};

/** 32 bytes that look like a hash, the same in every run. */
export function hashLike(text) {
  return `0x${createHash("sha256").update(text).digest("hex")}`;
}

export async function createWorld(chain, built) {
  const accounts = await chain.call("eth_accounts");
  const [owner, manufacturer, sender, chief, provider, supplier, oracle, machineKey] = accounts;
  const world = new World(chain, {owner, manufacturer, sender, chief, provider, supplier, oracle, machineKey});
  world.customers = accounts.slice(10, 10 + CHANNELS);
  world.employees = accounts.slice(110, 110 + CHANNELS);
  world.newcomers = accounts.slice(210);
  await world.deploy(built);
  await world.onboard();
  return world;
}

class World {
  #machines = 0;
  #nonce = 0;

  constructor(chain, people) {
    Object.assign(this, {chain}, people);
  }

  async deploy(built) {
    const {chain, owner} = this;
    const from = Number(await chain.call("eth_getTransactionCount", owner, "latest"));
    this.token = await chain.deploy(built, "CremaTestToken", owner);
    this.identity = await chain.deploy(built, "IdentityProvider", owner, {owners_: [owner], quorum_: 1});
    const opener_ = await chain.createAddress(owner, from + 4);
    this.payment = await chain.deploy(built, "PaymentProvider", owner, {
      token_: this.token.address,
      identity_: this.identity.address,
      opener_,
      minPeriodMinutes_: 60,
      maxPeriodMinutes_: 30 * 24 * 60,
    });
    const parts = {identity_: this.identity.address, payment_: this.payment.address};
    this.supply = await chain.deploy(built, "SupplyProvider", owner, parts);
    this.rental = await chain.deploy(built, "RentalProvider", owner, {...parts, supply_: this.supply.address});
    this.maintenance = await chain.deploy(built, "MaintenanceProvider", owner, parts);
  }

  async onboard() {
    const roles = {};
    for (const role of ["MANUFACTURER", "CUSTOMER", "SERVICE_PROVIDER", "SUPPLIER", "ORACLE"]) {
      roles[role] = await this.identity.read(role);
    }
    const join = (account, role) => this.identity.send(this.owner, "onboard", account, roles[role], hashLike(account));
    await join(this.manufacturer, "MANUFACTURER");
    await join(this.provider, "SERVICE_PROVIDER");
    await join(this.supplier, "SUPPLIER");
    await this.identity.send(this.owner, "onboard", this.oracle, 0, hashLike(this.oracle));
    const proposed = await this.identity.send(this.owner, "propose", SET_ROLES, this.oracle, roles.ORACLE);
    await this.identity.send(this.owner, "execute", this.identity.topic(proposed, 1));
    for (const customer of [this.chief, ...this.customers, ...this.newcomers]) {
      await join(customer, "CUSTOMER");
      await this.token.send(this.owner, "mint", customer, 1_000_000n * UNIT);
    }
    for (const account of [this.manufacturer, this.provider, this.supplier]) {
      await this.token.send(this.owner, "mint", account, 1_000_000n * UNIT);
    }
    this.machine = await this.newMachine();
  }

  async newMachine() {
    const serial = `CM-${String(++this.#machines).padStart(10, "0")}`;
    return this.identity.topic(await this.identity.send(this.manufacturer, "registerMachine", serial, this.machineKey), 1);
  }

  /** Opens channel `index` of a customer with the manufacturer, as the RentalProvider does. */
  async open(customer, index, deposit = 500n * UNIT) {
    const {chain, payment, rental, manufacturer} = this;
    await this.token.send(customer, "approve", payment.address, deposit);
    await chain.call("anvil_impersonateAccount", rental.address);
    await chain.call("anvil_setBalance", rental.address, "0xffffffffffffffffffff");
    const receipt = await payment.send(rental.address, "open", customer, manufacturer, index, deposit, PERIOD_MINUTES);
    await chain.call("anvil_stopImpersonatingAccount", rental.address);
    return {customer, index, id: payment.topic(receipt, 1)};
  }

  /** The receipt of the n-th cup of a channel, about 1.35 each, signed by `signer`. */
  async receipt(channel, cups, signer) {
    const total = BigInt(cups) * 1_350_000n + BigInt(channel.index % 7) * 50_000n;
    const history = hashLike(`history ${channel.id} ${cups}`);
    const signed = await this.sign(this.payment, signer, "Receipt", {channel: channel.id, sequence: cups, total, history});
    return {customer: channel.customer, index: channel.index, sequence: cups, total, history, ...signed};
  }

  /** The same, signed by an employee, with its badge by the customer for one channel or (`bound` false) all of them. */
  async badged(channel, cups, employee, bound) {
    const badge = {
      employee,
      channel: bound ? channel.id : ZERO,
      maxTotal: 250n * UNIT,
      epoch: 0,
      validFrom: START - 86_400,
      validUntil: START + YEAR,
    };
    const signed = await this.sign(this.payment, channel.customer, "Badge", {customer: channel.customer, ...badge});
    return {redemption: await this.receipt(channel, cups, employee), badge: {...badge, ...signed}};
  }

  /** An offer of a new machine to anyone, with every term in use. */
  async offer() {
    const {manufacturer} = this;
    const terms = {
      token: this.token.address,
      minDeposit: 100n * UNIT,
      challengePeriod: PERIOD_MINUTES * 60,
      minimumTerm: 180 * 86_400,
      notice: 30 * 86_400,
      downtimePerHour: UNIT / 2n,
      downtimeCap: 100n * UNIT,
      bond: 100n * UNIT,
      document: hashLike("document"),
    };
    const machine = await this.newMachine();
    const offer = {manufacturer, customer: NOBODY, machine, terms, validUntil: START + YEAR, nonce: ++this.#nonce};
    return {offer, signature: await this.sign(this.rental, manufacturer, "Offer", offer)};
  }

  /** What the service provider promises for all machines, with every term in use. */
  async serviceAgreement(nonce) {
    const agreement = {
      manufacturer: this.manufacturer,
      provider: this.provider,
      machine: ZERO,
      fee: 80n * UNIT,
      bonusPerHour: 2n * UNIT,
      bonusCap: 20n * UNIT,
      penaltyPerHour: 3n * UNIT,
      penaltyCap: 30n * UNIT,
      responseTime: 4 * 3_600,
      repairTime: 24 * 3_600,
      inspectionTime: 48 * 3_600,
      disputeBond: 10n * UNIT,
      validUntil: START + YEAR,
      nonce,
      document: hashLike("service"),
    };
    return [agreement, await this.sign(this.maintenance, this.provider, "ServiceAgreement", agreement)];
  }

  /** What the supplier promises a customer. */
  async supplyAgreement(buyer, nonce) {
    const agreement = {
      buyer,
      supplier: this.supplier,
      goods: hashLike("beans"),
      unitPrice: 12n * UNIT,
      maxQuantity: 50,
      deliveryTime: 3 * 86_400,
      penaltyPerDay: 2n * UNIT,
      penaltyCap: 10n * UNIT,
      inspectionTime: 48 * 3_600,
      disputeBond: 10n * UNIT,
      validUntil: START + YEAR,
      nonce,
      document: hashLike("supply"),
    };
    return [agreement, await this.sign(this.supply, this.supplier, "SupplyAgreement", agreement)];
  }

  /** An attestation of now, by the machine's key or an oracle. */
  async attestation(contract, signer, subject, verdict) {
    const {timestamp} = await this.chain.call("eth_getBlockByNumber", "latest", false);
    const attestation = {machine: this.machine, subject, verdict, time: Number(timestamp), evidence: hashLike(subject)};
    return [attestation, await this.sign(contract, signer, "Attestation", attestation)];
  }

  /** Tokens of an account paid into its balance with one of the contracts that hold balances. */
  async fund(contract, account, amount) {
    await this.token.send(account, "approve", contract.address, amount);
    await contract.send(account, "deposit", account, amount);
  }

  /** An ERC-2612 permit of exactly `value`, as a wallet signs it. */
  async permit(owner, spender, value) {
    const nonce = await this.token.read("nonces", owner);
    const domain = {name: "Crema Test Token", version: "1", chainId: CHAIN_ID, verifyingContract: this.token.address};
    const message = {owner, spender: spender.address, value, nonce, deadline: LATER};
    return {value, deadline: LATER, ...(await this.sign({domain}, owner, "Permit", message))};
  }

  /** `message` may name more than the type has. */
  async sign({domain}, account, type, message) {
    const types = {};
    const collect = name => {
      types[name] = TYPES[name].split(",").map(field => ({type: field.split(" ")[0], name: field.split(" ")[1]}));
      types[name].filter(field => TYPES[field.type]).forEach(field => collect(field.type));
    };
    collect(type);
    return this.chain.sign(account, domain, type, types, pick(types, type, message));
  }
}

function pick(types, type, message) {
  return Object.fromEntries(
    types[type].map(field => [
      field.name,
      types[field.type] ? pick(types, field.type, message[field.name]) : plain(message[field.name]),
    ]),
  );
}

function plain(value) {
  return typeof value === "bigint" || typeof value === "number" ? String(value) : value;
}
