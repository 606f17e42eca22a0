// An anvil of our own with many accounts, and the contracts on it. Everything that costs gas is deterministic: accounts,
// addresses, signatures and calldata are the same in every run.
import {spawn} from "node:child_process";
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {encode, signature, word} from "./abi.mjs";

export const START = 1_790_000_000;
export const CHAIN_ID = 31337;

/** Starts anvil with the rules of Osaka on a free port; `close` ends it. */
export async function startChain(home) {
  const child = spawn(
    anvilBinary(home),
    ["--hardfork", "osaka", "--port", "0", "--accounts", "230", "--timestamp", String(START), "--chain-id", String(CHAIN_ID), "--gas-limit", "300000000", "--prune-history", "300"],
    {stdio: ["ignore", "pipe", "inherit"]},
  );
  const url = await new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", data => {
      text += data;
      const listening = /Listening on (\S+:\d+)/.exec(text);
      if (listening) resolve(`http://${listening[1]}`);
    });
    child.on("error", reject);
    child.on("exit", code => reject(new Error(`anvil ended with exit code ${code}`)));
  });
  return new Chain(url, () => child.kill());
}

class Chain {
  #url;
  #selectors = new Map();
  #id = 0;
  accounts = [];

  constructor(url, close) {
    this.#url = url;
    this.close = close;
  }

  async call(method, ...params) {
    const body = JSON.stringify({jsonrpc: "2.0", id: ++this.#id, method, params});
    const response = await fetch(this.#url, {method: "POST", headers: {"content-type": "application/json"}, body});
    const {result, error} = await response.json();
    if (error) throw new Error(`${method}: ${error.message} ${error.data ?? ""}`);
    return result;
  }

  async keccak(hex) {
    return this.call("web3_sha3", hex);
  }

  /** Sends a transaction, which is mined at once, and returns its receipt. */
  async send(from, to, data) {
    const transaction = {from, data, gas: "0x1000000", ...(to ? {to} : {})};
    const hash = await this.call("eth_sendTransaction", transaction);
    let receipt = null;
    for (let i = 0; receipt === null; i++) {
      if (i === 2_000) throw new Error(`transaction ${hash} is not mined after ${i} looks`);
      receipt = await this.call("eth_getTransactionReceipt", hash);
      if (receipt === null) await new Promise(resolve => setTimeout(resolve, 2));
    }
    if (receipt.status !== "0x1") {
      const why = await this.call("eth_call", transaction, "latest").catch(e => e.message);
      throw new Error(`transaction to ${to ?? "a new contract"} failed: ${why}`);
    }
    return {...receipt, gasUsed: Number(receipt.gasUsed)};
  }

  async selector(entry) {
    const text = signature(entry);
    if (!this.#selectors.has(text)) {
      this.#selectors.set(text, (await this.keccak(`0x${Buffer.from(text).toString("hex")}`)).slice(0, 10));
    }
    return this.#selectors.get(text);
  }

  /** The address of the contract that `from` deploys with its transaction number `nonce` (1 to 127). */
  async createAddress(from, nonce) {
    const hash = await this.keccak(`0xd694${from.slice(2)}${Number(nonce).toString(16).padStart(2, "0")}`);
    return `0x${hash.slice(26)}`;
  }

  /** Deploys NAME.bin of `built`. Constructor arguments are given by name, as they stand in the source. */
  async deploy(built, name, from, values = {}) {
    const abi = JSON.parse(readFileSync(join(built, `${name}.abi`), "utf8"));
    const inputs = abi.find(entry => entry.type === "constructor")?.inputs ?? [];
    const unknown = inputs.filter(input => values[input.name] === undefined);
    if (unknown.length > 0) throw new Error(`${name} needs ${unknown.map(i => i.name).join(", ")}`);
    const code = readFileSync(join(built, `${name}.bin`), "utf8");
    const receipt = await this.send(from, undefined, `0x${code}${encode(inputs, inputs.map(i => values[i.name]))}`);
    return new Contract(this, name, receipt.contractAddress, abi);
  }

  /** A signature in 64 bytes (EIP-2098) by one of anvil's accounts. */
  async sign(account, domain, primaryType, types, message) {
    const data = {
      domain,
      primaryType,
      types: {
        EIP712Domain: [
          {name: "name", type: "string"},
          {name: "version", type: "string"},
          {name: "chainId", type: "uint256"},
          {name: "verifyingContract", type: "address"},
        ],
        ...types,
      },
      message,
    };
    const text = (await this.call("eth_signTypedData_v4", account, data)).slice(2);
    const v = BigInt(`0x${text.slice(128)}`) % 27n;
    return {r: `0x${text.slice(0, 64)}`, vs: `0x${word(BigInt(`0x${text.slice(64, 128)}`) | (v << 255n))}`};
  }
}

class Contract {
  constructor(chain, name, address, abi) {
    Object.assign(this, {chain, name, address, abi});
    this.domain = {name: "Crema", version: "1", chainId: CHAIN_ID, verifyingContract: address};
  }

  async data(method, args) {
    const entry = this.abi.find(e => e.type === "function" && e.name === method && e.inputs.length === args.length);
    if (!entry) throw new Error(`${this.name} has no ${method} with ${args.length} arguments`);
    return (await this.chain.selector(entry)) + encode(entry.inputs, args);
  }

  async send(from, method, ...args) {
    return this.chain.send(from, this.address, await this.data(method, args));
  }

  async read(method, ...args) {
    return this.chain.call("eth_call", {to: this.address, data: await this.data(method, args)}, "latest");
  }

  /** The n-th topic of the first event of this contract in a receipt. */
  topic(receipt, n, name) {
    const logs = receipt.logs.filter(log => log.address.toLowerCase() === this.address.toLowerCase());
    if (logs.length === 0) throw new Error(`no event of ${this.name}${name ? ` (${name})` : ""}`);
    return logs[0].topics[n];
  }
}

function anvilBinary(home) {
  const platform = `${process.platform}-${process.arch === "arm64" ? "arm64" : "amd64"}`;
  const packaged = join(home, "node_modules", "@foundry-rs", `anvil-${platform}`, "bin", "anvil");
  return existsSync(packaged) ? packaged : "anvil";
}
