/**
 * Where a run of a scenario can be followed: every case of every variant with tasks of its names; and for a variant that has none, the
 * run's own case with that variant's switches. Cases of other tasks are listed too, for what is known of them.
 */
import { addressOf, type Program } from '@lastref/kernel';
import { catalogue, compileAddress, compileAddressWith, switchesOf } from '@lastref/scenarios';

export interface Place {
  readonly address: string;
  readonly variant: string;
  /** The case is that of the run, built with the switches of the variant, which has none with these tasks. */
  readonly borrowed: boolean;
  /** Its tasks are those of the run. */
  readonly fits: boolean;
  /** Null: it cannot be built; why. */
  readonly program: Program | null;
  readonly why: string | null;
}

/** @param program of the run, one of the scenario's own cases */
export function placesOf(program: Program): Place[] {
  const own = addressOf(program);
  const cases = catalogue().filter(
    ({ scenario, host }) => scenario === program.scenario && host !== true,
  );
  const variants = [...new Set(cases.map(({ variant }) => variant))];
  return variants.flatMap((variant): Place[] => {
    const places = cases
      .filter((one) => one.variant === variant)
      .map((one): Place => {
        const address = `${one.scenario}/${variant}/${one.case}`;
        const other = compileAddress(address);
        const fits = sameTasks(program, other);
        return { address, variant, borrowed: false, fits, program: other, why: null };
      });
    const [first] = places;
    if (first === undefined || places.some(({ fits }) => fits)) return places;
    const { made } = compileAddressWith(own, switchesOf(first.address).on);
    const address = `${program.scenario}/${variant}/${program.case}`;
    const borrowed = { address, variant, borrowed: true, fits: made.ok };
    return [
      made.ok
        ? { ...borrowed, program: made.program, why: null }
        : { ...borrowed, program: null, why: made.message },
      ...places,
    ];
  });
}

const sameTasks = (a: Program, b: Program): boolean => names(a) === names(b);

const names = ({ tasks }: Program): string =>
  tasks
    .map(({ name }) => name)
    .sort()
    .join('\n');
