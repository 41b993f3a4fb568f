/** What work and timers run, from where the unit initialises them: one function for each field. */
import { fn, type WorkBinding } from '@lastref/authoring';
import { Fault } from '../text/diagnostics.js';
import type { Binding } from '../scan/scan.js';
import type { BuildFunction, Model } from './model.js';
import { placeOf } from './place-of.js';

export function worksOf(model: Model, build: BuildFunction): WorkBinding[] {
  const known = new Map<string, Binding>();
  for (const binding of model.scan.bindings) {
    const key = `${binding.tag}.${binding.field}`;
    const first = known.get(key);
    if (first !== undefined && first.callback !== binding.callback)
      throw new Fault(
        binding.at,
        `${key} runs ${binding.callback} here and ${first.callback} elsewhere`,
        'use one item for each function',
      );
    known.set(key, binding);
  }
  return [...known.values()].map((binding) => workOf(binding, model, build));
}

function workOf(
  { tag, field, callback, at }: Binding,
  model: Model,
  build: BuildFunction,
): WorkBinding {
  const definition = model.scan.unit.functions.get(callback);
  if (definition === undefined || definition.body === null)
    throw new Fault(at, `'${callback}', which the work runs, is not defined here`);
  const struct = model.struct(tag);
  const made = fn(callback, definition.at.file, (f, owner: import('@lastref/authoring').Ref) => {
    const place = placeOf(owner, field);
    if (place === null) throw new Fault(at, `struct ${tag} has no field '${field}'`);
    build(definition, f, [
      { t: 'address', of: { t: 'field', place, name: field, owner, path: field } },
    ]);
  });
  return [struct, field, made];
}
