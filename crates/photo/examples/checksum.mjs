// Runs the example `checksum`, built for wasm32-wasip1: node checksum.mjs CHECKSUM.WASM MODELS PHOTO…
import { readFile } from "node:fs/promises";
import { argv, exit } from "node:process";
import { WASI } from "node:wasi";

const [, , file, ...args] = argv;
const wasi = new WASI({ version: "preview1", args: [file, ...args], preopens: { "/": "/" } });
const { instance } = await WebAssembly.instantiate(await readFile(file), wasi.getImportObject());
exit(wasi.start(instance));
