// node bench/bare.mjs   the least that a server on Node.js can do: answers what comes on standard input to whatever is asked
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const body = await text(process.stdin);
const server = createServer((_, answer) => {
  answer.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  answer.end(body);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(address.port);
});
