/** A scenario of which one case does not compile, and one of which nothing is expected: the others are still answered. */
import type { AddressInfo } from 'node:net';
import { BuildError } from '@lastref/authoring';
import { compileAddress, expectationsOf } from '@lastref/scenarios';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { lastref, lastrefJson } from '../in-process.fixture.js';

const BROKEN = 'nbd/buggy/no-overlap';

jest.mock('@lastref/scenarios', () => {
  const actual = jest.requireActual<typeof import('@lastref/scenarios')>('@lastref/scenarios');
  return {
    ...actual,
    catalogue: () => [
      ...actual.catalogue(),
      { scenario: 'silent', variant: 'only', case: 'main', title: 'nothing is expected of it' },
    ],
    compileAddress: jest.fn((address: string) => {
      if (address === 'nbd/buggy/no-overlap') throw new BuildError('x.ts:7: no field lock');
      return actual.compileAddress(address);
    }),
    expectationsOf: jest.fn((name: string) =>
      actual
        .expectationsOf(name)
        .filter(({ variant }) => variant === 'buggy')
        .map((row) => (row.case === 'last-close' ? { ...row, expect: 'any' } : row)),
    ),
  };
});

it('is mocked', () => {
  expect(() => compileAddress(BROKEN)).toThrow(BuildError);
  expect(expectationsOf('nbd').map((row) => row.case)).toContain('no-overlap');
});

it('prove --all-cases gives the other answers, and the error in its row', async () => {
  const { exit, json } = await lastrefJson(['prove', 'nbd/buggy', '--all-cases']);
  expect(exit).toBe(1);
  expect(json).toMatchObject({
    proofs: [
      { address: 'nbd/buggy/main', proved: true },
      { address: BROKEN, error: 'x.ts:7: no field lock' },
      { address: 'nbd/buggy/last-close', proved: true },
    ],
  });
  const { out } = await lastref(['prove', 'nbd/buggy', '--all-cases']);
  expect(out).toContain(`${BROKEN}: no answer: x.ts:7: no field lock\n`);
  expect(out).toContain('nbd/buggy/main: proved');
});

it('alone it is refused', async () => {
  expect(await lastref(['prove', BROKEN])).toMatchObject({
    exit: 2,
    err: 'lastref: x.ts:7: no field lock\n',
  });
});

it('verdicts has a row for it, and one for an expectation that cannot be read', async () => {
  const { exit, json } = await lastrefJson(['verdicts', 'nbd']);
  expect(exit).toBe(1);
  const { rows } = json as { rows: { case: string; agreement: string; why: string[] }[] };
  const row = (name: string) => rows.find((one) => one.case === name);
  expect(row('main')).toMatchObject({ agreement: 'agrees' });
  expect(row('no-overlap')).toMatchObject({ agreement: 'error', why: ['x.ts:7: no field lock'] });
  expect(row('last-close')?.why).toContain(
    "the expectation 'any' cannot be read: write clean, unreachable, all:kind@function;... or any:...",
  );
  const { out } = await lastref(['verdicts', 'nbd']);
  expect(out).toContain('1 without an answer');
});

it('verdicts of a scenario without rows is an error', async () => {
  const { exit, err } = await lastref(['verdicts', 'silent']);
  expect(exit).toBe(2);
  expect(err).toContain("nothing is expected of 'silent'");
});

describe('the service', () => {
  let api: TestApi;
  let serviceUrl: string;

  beforeAll(async () => {
    api = await startTestApi();
    serviceUrl = `http://127.0.0.1:${(api.app.getHttpServer().address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    await api.close();
  });

  it('is given the cases that compile, by push', async () => {
    const { exit, json } = await lastrefJson(['push', 'nbd/buggy'], { serviceUrl });
    expect(exit).toBe(1);
    expect(json).toMatchObject({
      programs: [{ address: 'nbd/buggy/main' }, { address: 'nbd/buggy/last-close' }],
      broken: [{ address: BROKEN, error: 'x.ts:7: no field lock' }],
    });
  });

  it('starts a campaign of them, and refuses one of none', async () => {
    const words = ['campaign', 'start', 'nbd/buggy', '-n', '100'];
    const { exit, json } = await lastrefJson(words, { serviceUrl });
    expect(exit).toBe(1);
    expect(json).toMatchObject({ parts: [{}, {}], broken: [{ address: BROKEN }] });
    const none = await lastref(['campaign', 'start', BROKEN], { serviceUrl });
    expect(none.exit).toBe(2);
    expect(none.err).toContain('x.ts:7: no field lock');
  });
});
