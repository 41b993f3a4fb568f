/** A scenario by its name alone is hunted case by case. */
import { lastref, lastrefJson } from '../in-process.fixture.js';

const FEW = ['-n', '20', '--threads', '1'];

it('hunts every case of the variant buggy, in order', async () => {
  const { exit, json } = await lastrefJson(['hunt', 'whole-host', ...FEW]);
  expect(exit).toBe(1);
  expect(json).toMatchObject({
    hunts: ['small', 'medium', 'large'].map((size) => ({
      address: `whole-host/buggy/${size}`,
      schedules: 20,
    })),
  });
});

it('refuses a name that is no scenario as any address', async () => {
  const { exit, err } = await lastref(['hunt', 'whole-hosts', ...FEW]);
  expect(exit).toBe(2);
  expect(err).toContain("no scenario 'whole-hosts'");
});
