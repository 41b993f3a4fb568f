import { PassThrough } from 'node:stream';
import { progressBar } from './bar.js';
import { progressLines } from './lines.js';

it('plain lines come seldom, with rate and time left', () => {
  const notes: string[] = [];
  let clock = 0;
  const progress = progressLines(
    (line) => notes.push(line),
    () => clock,
  );
  progress.begin(100_000, 'schedules');
  for (clock = 500; clock <= 11_000; clock += 500) progress.update(clock * 2);
  progress.end();
  expect(notes).toEqual([
    '10,000 of 100,000 schedules, 2,000/s, 45.0 s left',
    '20,000 of 100,000 schedules, 2,000/s, 40.0 s left',
  ]);
});

it('what was done before anybody looked says nothing about the rate', () => {
  const notes: string[] = [];
  let clock = 0;
  const note = (line: string): number => notes.push(line);
  const progress = progressLines(note, () => clock);
  progress.begin(100_000, 'schedules', 90_000);
  clock = 5_000;
  progress.update(95_000);
  expect(notes).toEqual(['95,000 of 100,000 schedules, 1,000/s, 5.0 s left']);
});

it('a bar shows share, rate and time left, and leaves when the work ends', () => {
  const stream = new PassThrough();
  let clock = 0;
  const progress = progressBar(stream, () => clock);
  progress.begin(1_000, 'schedules');
  clock = 1_000;
  progress.update(500);
  progress.end();
  progress.update(600);
  expect(String(stream.read())).not.toBe('');
});
