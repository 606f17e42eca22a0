// Measured gas beside what was committed, what it must not exceed, and what peers take.

const number = value => (value === undefined ? "" : Number(value).toLocaleString("en-US"));

/** What is wrong (a regression beyond 1 %, a row above its limit, a row too many or too few), and what got cheaper. */
export function differences(rows, committed, measured) {
  const faults = [];
  const notes = [];
  for (const {row, title, must, over} of rows) {
    const [was, is] = [committed[row], measured[row]];
    if (is === undefined) faults.push(`"${title}" was not measured`);
    else if (was === undefined) faults.push(`"${title}" is new and not committed; do so with contracts/bin/gas --write`);
    else if (is * 100 > was * 101) faults.push(`"${title}" costs ${number(is)}, was ${number(was)}: ${percent(was, is)}`);
    else if (is * 101 < was * 100) notes.push(`"${title}" costs ${number(is)}, was ${number(was)}: ${percent(was, is)}; write it down with contracts/bin/gas --write`);
    if (must !== undefined && is > must && over) notes.push(`"${title}" costs ${number(is)}, over its limit of ${number(must)}; gas.md says why`);
    else if (must !== undefined && is > must) faults.push(`"${title}" costs ${number(is)}, must not exceed ${number(must)}`);
  }
  const named = new Set(rows.map(({row}) => row));
  Object.keys(measured).filter(row => !named.has(row)).forEach(row => faults.push(`gas/rows.json does not name ${row}`));
  return {faults, notes};
}

function percent(was, is) {
  const change = ((is - was) * 100) / was;
  return `${change > 0 ? "+" : ""}${change.toFixed(1)} %`;
}

/** gas.md */
export function page(rows, figures) {
  const line = cells => `| ${cells.join(" | ")} |`;
  const compared = rows
    .filter(r => r.must !== undefined)
    .map(r => line([r.title, `**${number(figures[r.row])}**`, number(r.must), number(r.aim), r.x402, r.microRaiden]));
  const over = rows.filter(r => r.over && figures[r.row] > r.must).map(r => `Over its limit: ${r.title}. ${r.over}\n\n`);
  const others = rows.filter(r => r.must === undefined).map(r => line([r.title, number(figures[r.row])]));
  return `# What it costs

Gas from the receipts of real transactions on anvil (\`--hardfork osaka\`), the transaction's 21,000 and its calldata
included, made by \`bin/gas --write\` from \`snapshots/receipts.json\`; \`bin/test\` measures again and fails when a row costs
over 1 % more, exceeds its limit, or this page does not follow from the snapshot.

Redemptions are per channel in one transaction of 100, every channel redeemed before, the payee credited before; one
manufacturer, each channel another customer unless said. The peers' code was taken as published, and measured on the same
chain with the same compiler: x402's batch settlement (with its own compiler settings / with those that suit it best) and
µRaiden. They do less where the table says so: neither knows badges, nor an offer that is checked and a bond.

${line(["operation", "Crema", "limit", "aim", "x402 batch settlement, its own settings / its best", "µRaiden"])}
|---|---:|---:|---:|---|---|
${compared.join("\n")}

${over.join("")}Other operations. Redemptions are per channel in a batch as above, unless it says alone.

| operation | gas |
|---|---:|
${others.join("\n")}
`;
}
