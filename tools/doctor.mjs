// What is wrong on this machine with an installation that `npm start` made, as one line of JSON: a list of checks in the form of
// the API's. It only looks; nothing is started, changed or stopped. `lastref doctor` runs it and adds what the service says.
import { judgeMachine } from './doctor/judge.mjs';
import { lookAround } from './doctor/look.mjs';

process.stdout.write(`${JSON.stringify(judgeMachine(await lookAround()))}\n`);
