// node bench/attacks/reader.mjs URL TOKEN   a client that reads on one connection, in a process of its own. A line on its standard input
// ends a measurement: it prints how long each read since the last line took, in milliseconds, and begins the next one.
import { Agent, get } from 'node:http';
import { createInterface } from 'node:readline';

const [url = '', token] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const options = { agent, headers: { authorization: `Bearer ${token}` } };
/** @type {number[]} */
let took = [];

createInterface({ input: process.stdin })
  .on('line', () => {
    console.log(JSON.stringify(took));
    took = [];
  })
  .on('close', () => process.exit());

/** @returns {Promise<void>} */
const read = () =>
  new Promise((resolve, reject) => {
    get(url, options, (response) => {
      if (response.statusCode !== 200) reject(new Error(`the read was answered with ${response.statusCode}`));
      response
        .resume()
        .on('end', () => resolve())
        .on('error', reject);
    }).on('error', reject);
  });

for (;;) {
  const begun = performance.now();
  await read();
  took.push(performance.now() - begun);
}
