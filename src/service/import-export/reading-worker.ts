/** Reads imports in a thread of its own. */

import { parentPort } from 'node:worker_threads';
import { answer, type Question } from './reading.js';

parentPort?.on('message', (question: Question) => parentPort?.postMessage(answer(question)));
parentPort?.postMessage('ready');
