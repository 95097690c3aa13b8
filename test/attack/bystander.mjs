import { request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

// Asks the smallest question over and over and keeps the longest time that an answer took, until it is told to stop. It runs
// beside the attack, so that an attacker who is busy does not count as a server that is.
const { origin, headers, pause } = workerData;
const body = JSON.stringify({ query: "{__typename}" });
let isOver = false;
parentPort.once("message", () => {
  isOver = true;
});

function ask() {
  return new Promise((resolve, reject) => {
    const sent = request(`${origin}/graphql`, { method: "POST", headers, agent: false }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode));
    });
    sent.once("error", reject).end(body);
  });
}

const waits = [];
const failures = [];
const lateness = [];
while (!isOver) {
  const begin = performance.now();
  const status = await ask().catch((error) => error.message);
  waits.push(performance.now() - begin);
  if (status !== 200) failures.push(status);
  const rest = performance.now();
  await new Promise((resolve) => setTimeout(resolve, pause));
  lateness.push(performance.now() - rest - pause);
}
parentPort.postMessage({ asked: waits.length, longest: Math.max(...waits), machine: Math.max(...lateness), failures });
