/**
 * Steps on one object that a local points to: what they touch if no other task can come to touch that object, which is
 * all but its life and fields.
 */
import { at, cell, fieldKindOf, laidOut, resource, specOf, type Program } from '@lastref/kernel';
import type { Bits } from './bits.js';
import type { EffectBits } from './effect-bits.js';

export interface PrivateStep {
  /** The local that points to the object. */
  readonly local: number;
  readonly effect: Bits;
}

/** The step at the operation if its object is private; null where it touches more than one object, or none. */
export function privateStep(program: Program, effects: EffectBits, pc: number): PrivateStep | null {
  const object = objectOf(program, pc);
  if (object === null) return null;
  const { local, field } = object;
  const type = effects.effects.pointeeOf(pc, local);
  const own = [resource.life(type), ...(field < 0 ? [] : [resource.field(type, field)])];
  const effect = at(effects.step, pc).slice();
  const mine = effects.bits({ reads: new Set(own), writes: new Set(own) });
  for (let i = 0; i < effect.length; i++) effect[i] = cell(effect, i) & ~cell(mine, i);
  return { local, effect };
}

/** The one object that the operation works on, through one pointer; null where it works on something else too. */
function objectOf(program: Program, pc: number): { local: number; field: number } | null {
  const { op, args } = at(program.code, pc);
  const found: { local: number; field: number }[] = [];
  for (const { operand, offset } of laidOut(specOf(op).operands)) {
    const local = args[offset] ?? -1;
    switch (operand.is) {
      case 'dst':
      case 'value':
      case 'comparison':
      case 'check':
      case 'task':
      case 'ambient':
        break;
      case 'place':
        if (local < 0 || operand.of.some((kind) => !isOneSlotOf(kind))) return null;
        found.push({ local, field: at(args, offset + 1) });
        break;
      case 'pointer':
        if (operand.to !== 'struct' || operand.touch === 'keeps') return null;
        found.push({ local, field: -1 });
        break;
      case 'index':
      case 'type':
      case 'table':
      case 'registry':
      case 'module':
      case 'count':
      case 'member':
        return null;
    }
  }
  return found.length === 1 ? at(found, 0) : null;
}

/** Whether a step on such a field stays inside its object: not on lists, which lead to neighbours, nor on work items. */
const isOneSlotOf = (kind: string): boolean => {
  const { linked, names } = fieldKindOf(kind);
  return !linked && names !== 'work';
};
