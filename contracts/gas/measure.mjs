// What each operation costs, from the receipts of real transactions. Each row: gas of one transaction, divided by the
// channels in it.
import {startChain} from "./chain.mjs";
import {CHANNELS, UNIT, createWorld, hashLike} from "./world.mjs";

/** Runs everything on a chain of its own and returns {row: gas}. */
export async function measure(home, built) {
  const chain = await startChain(home);
  try {
    const rows = {};
    const world = await createWorld(chain, built);
    const note = (row, {gasUsed}, channels = 1) => (rows[row] = Math.round(gasUsed / channels));
    await measureRedemptions(world, note);
    await measureChannels(world, note);
    await measureRentals(world, note);
    await measureService(world, note);
    await measureSupply(world, note);
    return rows;
  } finally {
    chain.close();
  }
}

/** In batches of a hundred, every channel redeemed before and the payee credited before. */
async function measureRedemptions(world, note) {
  const {payment, manufacturer, sender, customers, employees, chief} = world;
  const many = (byCustomers, byEmployees) => payment.send(sender, "redeemMany", manufacturer, byCustomers, byEmployees);
  const own = [];
  const chiefs = [];
  for (let i = 0; i < CHANNELS; i++) {
    own.push(await world.open(customers[i], 1));
    chiefs.push(await world.open(chief, i + 1));
  }
  const signed = (channels, cups) => each(channels, c => world.receipt(c, cups, c.customer));
  const badged = (channels, cups, bound) => each(channels, (c, i) => world.badged(c, cups, employees[i], bound));

  note("redeemFirst", await many(await signed(own, 3), []), CHANNELS);
  note("redeem", await many(await signed(own, 20), []), CHANNELS);
  note("redeemBadge", await many([], await badged(own, 40, true)), CHANNELS);
  note("redeemBadgeAllChannels", await many([], await badged(own, 60, false)), CHANNELS);
  await many([], await badged(chiefs, 3, true));
  note("redeemOneCustomer", await many(await signed(chiefs, 20), []), CHANNELS);
  note("redeemBadgeOneCustomer", await many([], await badged(chiefs, 40, true)), CHANNELS);
  note("redeemReplay", await many(await signed(own, 60), []), CHANNELS);

  const single = await world.receipt(own[0], 80, own[0].customer);
  note("redeemSingle", await payment.send(sender, "redeem", manufacturer, single));
  const badge = await world.badged(own[1], 80, employees[1], true);
  note("redeemSingleBadge", await payment.send(sender, "redeemWithBadge", manufacturer, badge));
  await payment.send(manufacturer, "withdraw", manufacturer);
  await many(await signed(own, 90), []);
  note("withdrawPayee", await payment.send(manufacturer, "withdraw", manufacturer));
  await many(await signed(own, 95), []);
  note("withdrawPayeeLeaving", await payment.send(manufacturer, "withdrawAndLeave", manufacturer));
}

async function measureChannels(world, note) {
  const {payment, token, manufacturer, customers} = world;
  const [customer, other] = customers;
  const permit = await world.permit(customer, payment, 50n * UNIT);
  note("topUpPermitFirst", await payment.send(customer, "topUpWithPermit", customer, manufacturer, 1, 50n * UNIT, permit));
  const second = await world.permit(customer, payment, 50n * UNIT);
  note("topUpPermit", await payment.send(customer, "topUpWithPermit", customer, manufacturer, 1, 50n * UNIT, second));
  await token.send(other, "approve", payment.address, 1_000n * UNIT);
  note("topUp", await payment.send(other, "topUp", other, manufacturer, 1, 50n * UNIT));
  note("requestClose", await payment.send(customer, "requestClose", manufacturer, 1));
  note("close", await payment.send(manufacturer, "close", customer, manufacturer, 1));
  note("withdrawCustomer", await payment.send(customer, "withdraw", customer));
}

async function measureRentals(world, note) {
  const {payment, rental, manufacturer, newcomers} = world;
  await world.fund(rental, manufacturer, 10_000n * UNIT);
  const conclude = async customer => {
    const {offer, signature} = await world.offer();
    const permit = await world.permit(customer, payment, 200n * UNIT);
    const receipt = await rental.send(customer, "conclude", offer, signature, 200n * UNIT, permit);
    return {...receipt, offer};
  };
  await conclude(newcomers[0]);
  const concluded = await conclude(newcomers[1]);
  note("conclude", concluded);
  note("concludeAgain", await conclude(newcomers[1]));
  note("begin", await rental.send(newcomers[1], "begin", concluded.offer, newcomers[1], 0));
  note("terminate", await rental.send(manufacturer, "terminate", concluded.offer, newcomers[1]));
}

/** The second request of its kind each time, so that balances and counters are not new. */
async function measureService(world, note) {
  const {maintenance, manufacturer, provider, sender, machine, machineKey} = world;
  await world.fund(maintenance, manufacturer, 1_000n * UNIT);
  await world.fund(maintenance, provider, 1_000n * UNIT);
  const request = fault => maintenance.send(manufacturer, "requestService", machine, hashLike(fault), hashLike("evidence"));
  note("requestUnassigned", await request("fault 0"));
  const agreed = await maintenance.send(manufacturer, "agree", ...(await world.serviceAgreement(1)));
  note("agreeService", agreed);
  await maintenance.send(manufacturer, "setStanding", manufacturer, machine, maintenance.topic(agreed, 1));
  for (const fault of ["fault 1", "fault 2"]) {
    const requested = await request(fault);
    note("requestService", requested);
    const id = maintenance.topic(requested, 1);
    note("accept", await maintenance.send(provider, "accept", id));
    note("reportDone", await maintenance.send(provider, "reportDone", id, hashLike("work")));
    const fixed = await world.attestation(maintenance, machineKey, id, 2);
    note("attestFixed", await maintenance.send(sender, "attestFixed", ...fixed));
  }
}

async function measureSupply(world, note) {
  const {supply, supplier, sender, oracle, machine, customers} = world;
  const buyer = customers[5];
  await world.fund(supply, buyer, 5_000n * UNIT);
  await world.fund(supply, supplier, 100n * UNIT);
  const agreed = await supply.send(buyer, "agree", ...(await world.supplyAgreement(buyer, 1)));
  note("agreeSupply", agreed);
  const agreement = supply.topic(agreed, 1);
  const nobody = `0x${"0".repeat(40)}`;
  for (const salt of ["order 1", "order 2"]) {
    const ordered = await supply.send(buyer, "order", agreement, hashLike(salt), 20, machine, 0, nobody);
    note("order", ordered);
    const shipped = await supply.send(supplier, "ship", supply.topic(ordered, 1), 20, hashLike("tracking"));
    note("ship", shipped);
    const arrived = await world.attestation(supply, oracle, supply.topic(shipped, 2), 5);
    note("arrive", await supply.send(sender, "arrive", oracle, ...arrived));
    note("confirm", await supply.send(buyer, "confirm", supply.topic(shipped, 2), 20));
  }
}

async function each(channels, sign) {
  const signed = [];
  for (const [i, channel] of channels.entries()) signed.push(await sign(channel, i));
  return signed;
}
