// Values as the contract ABI lays them out. Types are the entries of a solc ABI; tuples are given as objects by name.

/** The arguments of a function or constructor: `inputs` from its ABI entry, `values` in their order. */
export function encode(inputs, values) {
  if (inputs.length !== values.length) throw new Error(`${values.length} values for ${inputs.length} arguments`);
  return layOut(inputs, values);
}

/** transfer(address,uint256), as it is hashed for the selector. */
export function signature({name, inputs}) {
  return `${name}(${inputs.map(canonical).join(",")})`;
}

/** A number or a hex string as one word. */
export function word(value) {
  return BigInt.asUintN(256, BigInt(value)).toString(16).padStart(64, "0");
}

function canonical({type, components}) {
  return type.startsWith("tuple") ? `(${components.map(canonical).join(",")})${type.slice(5)}` : type;
}

function layOut(types, values) {
  const heads = [];
  const tails = [];
  let offset = types.reduce((sum, type) => sum + headSize(type), 0);
  types.forEach((type, i) => {
    const encoded = encodeOne(type, values[i]);
    if (!isDynamic(type)) {
      heads.push(encoded);
    } else {
      heads.push(word(offset));
      tails.push(encoded);
      offset += encoded.length / 2;
    }
  });
  return heads.join("") + tails.join("");
}

function encodeOne(type, value) {
  const items = /^(.*)\[(\d*)\]$/.exec(type.type);
  if (items) {
    const item = {...type, type: items[1]};
    const list = layOut(value.map(() => item), value);
    return items[2] ? list : word(value.length) + list;
  }
  if (type.type === "tuple") {
    const missing = type.components.filter(({name}) => value[name] === undefined);
    if (missing.length > 0) throw new Error(`no value for ${missing.map(m => m.name).join(", ")}`);
    return layOut(type.components, type.components.map(({name}) => value[name]));
  }
  if (type.type === "string" || type.type === "bytes") {
    const bytes = type.type === "string" ? Buffer.from(value, "utf8").toString("hex") : value.slice(2);
    return word(bytes.length / 2) + bytes.padEnd(Math.ceil(bytes.length / 64) * 64, "0");
  }
  if (/^bytes\d+$/.test(type.type)) return BigInt(value) === 0n ? word(0) : value.slice(2).padEnd(64, "0");
  return word(value === true ? 1 : value === false ? 0 : value);
}

function isDynamic({type, components}) {
  if (type.endsWith("[]") || type === "string" || type === "bytes") return true;
  const fixed = /^(.*)\[\d+\]$/.exec(type);
  if (fixed) return isDynamic({type: fixed[1], components});
  return type === "tuple" && components.some(isDynamic);
}

function headSize(type) {
  if (isDynamic(type)) return 32;
  const fixed = /^(.*)\[(\d+)\]$/.exec(type.type);
  if (fixed) return Number(fixed[2]) * headSize({...type, type: fixed[1]});
  return type.type === "tuple" ? type.components.reduce((sum, part) => sum + headSize(part), 0) : 32;
}
