// What each operation costs, from the receipts of real transactions. Each row: gas of one transaction, divided by the
// channels in it.
import {startChain} from "./chain.mjs";
import {CHANNELS, createWorld, hashLike} from "./world.mjs";

const UNIT = 1_000_000n;

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
  const {payment, rental, token, manufacturer, newcomers} = world;
  await token.send(manufacturer, "approve", rental.address, 10_000n * UNIT);
  await rental.send(manufacturer, "deposit", manufacturer, 10_000n * UNIT);
  const conclude = async customer => {
    const {offer, signature} = await world.offer();
    const permit = await world.permit(customer, payment, 200n * UNIT);
    return rental.send(customer, "conclude", offer, signature, 200n * UNIT, permit);
  };
  await conclude(newcomers[0]);
  note("conclude", await conclude(newcomers[1]));
  note("concludeAgain", await conclude(newcomers[1]));
}

async function measureService(world, note) {
  const {maintenance, manufacturer, machine} = world;
  const request = fault => maintenance.send(manufacturer, "requestService", machine, hashLike(fault), hashLike("evidence"));
  note("requestService", await request("heater"));
}

async function each(channels, sign) {
  const signed = [];
  for (const [i, channel] of channels.entries()) signed.push(await sign(channel, i));
  return signed;
}
