/**
 * Device links (drivers/base/core.c): a supplier's table of the consumers that have to be unbound before it. With fw_devlink
 * on, the firmware's description makes a link when the consumer appears; off, or where the firmware says nothing, there is
 * none, and the supplier goes away under its consumers. A link keeps no reference here: the consumer's device outlives it.
 */
import {
  primitive,
  type AnyStruct,
  type FunctionBuilder,
  type Idr,
  type Ref,
} from '@lastref/authoring';
import { BASE_CORE_C } from './files.js';

/** fw_devlink= of the kernel's command line. */
export type FwDevlink = 'on' | 'off';

export const device_link_add = <S extends AnyStruct>(
  f: FunctionBuilder,
  consumers: Idr<S>,
  number: number,
  consumer: Ref<S>,
): void => {
  const add = primitive('device_link_add', BASE_CORE_C, (g) => {
    g.ignore(g.idr_alloc(consumers, number, consumer));
  });
  f.call(add);
};

export const device_link_del = <S extends AnyStruct>(
  f: FunctionBuilder,
  consumers: Idr<S>,
  number: number,
): void => {
  const del = primitive('device_link_del', BASE_CORE_C, (g) => {
    g.idr_remove(consumers, number);
  });
  f.call(del);
};

/** fw_devlink_create_devlink: the link of a consumer that the firmware describes. */
export const fw_devlink_link_device = <S extends AnyStruct>(
  f: FunctionBuilder,
  fw_devlink: FwDevlink,
  consumers: Idr<S>,
  number: number,
  consumer: Ref<S>,
): void => {
  if (fw_devlink === 'on') device_link_add(f, consumers, number, consumer);
};
