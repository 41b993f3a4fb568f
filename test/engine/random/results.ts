/** What a builder's call returned. */
import { Int, type Ref } from '@lastref/authoring';

export { Int };

type AnyStruct = Ref['struct'];

export const isRefTo = <S extends AnyStruct>(result: unknown, struct: S): result is Ref<S> =>
  typeof result === 'object' && result !== null && Reflect.get(result, 'struct') === struct;
