// The photo engine as wasm in Node. Arguments: the module, the folder of networks, a JPEG, how often, and whose networks:
// the browser's, or the server's, which are two more. Prints one JSON object: the least CPU nanoseconds of each step, and
// what came of the photo.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [module, models, file, rounds, whose] = process.argv.slice(2);
const { Way } = createRequire(import.meta.url)(module);
const model = (name) => readFileSync(join(models, `${name}.tflite`));
const servers = ["face_detection_full_range", "iris_landmark"];
const way = new Way(
  model("face_detection_short_range"),
  model("face_landmark"),
  model("selfie_segmentation"),
  ...(whose === "server" ? servers.map(model) : []),
);
const jpeg = readFileSync(file);

const least = {};
for (let round = 0; round < Number(rounds); round += 1) {
  for (const [name, step] of [
    ["decode", () => way.decode(jpeg)],
    ["measure", () => way.measure()],
    ["judge", () => way.judge()],
    ["frame", () => way.frame()],
    ["thumb", () => way.thumb()],
  ]) {
    const began = process.cpuUsage();
    step();
    const { user, system } = process.cpuUsage(began);
    least[name] = Math.min((user + system) * 1000, least[name] ?? Infinity);
  }
}
console.log(JSON.stringify({ steps: least, told: way.told() }));
