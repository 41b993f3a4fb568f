/**
 * Managed resources (drivers/base/devres.c): what probe registers is undone in reverse order, after remove() at unbind, or
 * when probe fails. The device has one place of the kind devres, and the driver says once what its actions are.
 */
import { primitive, type DevresField, type FunctionBuilder, type Place } from '@lastref/authoring';
import { DEVRES_C } from './files.js';

/** What undoes something, called with nothing but the device that the driver's functions know. */
export type DevresAction = (f: FunctionBuilder) => void;

export interface ManagedDevice {
  readonly devres: Place<DevresField>;
}

/** Registers the action of that name, one of those that devres_release_all is given. */
export const devm_add_action = <A extends Readonly<Record<string, DevresAction>>>(
  f: FunctionBuilder,
  dev: ManagedDevice,
  actions: A,
  name: keyof A & string,
): void => {
  const number = Object.keys(actions).indexOf(name) + 1;
  const add = primitive('devm_add_action', DEVRES_C, (g) => {
    g.devres_add(dev.devres, number);
  });
  f.call(add);
};

export const devres_release_all = (
  f: FunctionBuilder,
  dev: ManagedDevice,
  actions: Readonly<Record<string, DevresAction>>,
): void => {
  const release = primitive('devres_release_all', DEVRES_C, (g) => {
    const action = g.var('action', Object.keys(actions).length);
    g.while(
      () => {
        g.set(action, g.devres_release_last(dev.devres));
        return action;
      },
      () => {
        Object.values(actions).forEach((run, i) => {
          g.if(g.eq(action, i + 1), () => {
            run(g);
          });
        });
      },
    );
  });
  f.call(release);
};
