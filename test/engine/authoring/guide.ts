/** The scenario that docs/authoring.md is written with; what stands there stands here, and guide.spec.ts checks both. */
import {
  argument,
  flag,
  fn,
  Idr,
  mutex,
  refcount,
  statics,
  Struct,
  task,
  type CaseSpec,
  type FunctionBuilder,
  type Ref,
  type Scenario,
} from '@lastref/authoring';

const WIDGET_C = 'drivers/widget.c';

class Widget extends Struct {
  static override readonly tag = 'widget';
  static override readonly count = 2; // most that may be alive or still pointed to at once
  refs = refcount(3);
  lock = mutex();
  gone = flag();
  dirty = flag(1);
}
const { widget_mutex } = statics({ widget_mutex: mutex() });
const widget_idr = new Idr('widget_idr', Widget, 2);

const widget_put = fn('widget_put', WIDGET_C, (f, widget: Ref<typeof Widget>) => {
  f.if(f.refcount_dec_and_test(widget.refs), () => {
    f.kfree(widget);
  });
});

const widget_release = fn('widget_release', WIDGET_C, (f, widget: Ref<typeof Widget>) => {
  f.mutex_lock(widget.lock);
  f.if(f.test_bit(widget.gone), () => {
    f.goto('unlock');
  });
  f.milestone('flushed');
  f.clear_bit(widget.dirty);
  f.label('unlock');
  f.mutex_unlock(widget.lock);
  f.call(widget_put, widget);
});

const widget_disconnect = fn('widget_disconnect', WIDGET_C, (f, widget: Ref<typeof Widget>) => {
  f.mutex_lock(widget_mutex);
  f.idr_remove(widget_idr, 0);
  f.mutex_unlock(widget_mutex);
  f.mutex_lock(widget.lock);
  f.set_bit(widget.gone);
  if (f.is('put-under-lock')) f.call(widget_put, widget);
  f.mutex_unlock(widget.lock);
  if (!f.is('put-under-lock') && !f.is('no-put')) f.call(widget_put, widget);
});

const device = argument('device', Widget);

const open_file = (f: FunctionBuilder): void => {
  const widget = f.kzalloc(Widget);
  f.refcount_set(widget.refs, 2); // the driver's and the file's
  f.ignore(f.idr_alloc(widget_idr, 0, widget));
  f.pass(device, widget);
};
const close = (f: FunctionBuilder, widget: Ref<typeof Widget>): void => {
  f.call(widget_release, widget);
};
const unplug = (f: FunctionBuilder, widget: Ref<typeof Widget>): void => {
  f.call(widget_disconnect, widget);
};

const close_against_unplug: CaseSpec = {
  title: 'a file is closed while the widget is unplugged',
  given: open_file, // runs before time 0, costs and draws nothing
  tasks: [task('close', close, { args: [device] }), task('unplug', unplug, { args: [device] })],
  reaches: ['flushed'], // or a clean verdict proves nothing
};

const cases = { main: close_against_unplug };

export const widget: Scenario = {
  name: 'widget',
  title: 'a widget is unplugged while it is open',
  switches: {
    'put-under-lock': "disconnect drops the driver's reference before it unlocks",
    'no-put': "disconnect forgets the driver's reference",
  },
  variants: {
    fixed: { title: 'reference dropped last', switches: [], cases },
    buggy: { title: 'reference dropped under the lock', switches: ['put-under-lock'], cases },
    leaks: { title: 'reference never dropped', switches: ['no-put'], cases },
  },
};

/** A condition that is dropped, as the guide shows it. */
export const forgotten: Scenario = {
  ...widget,
  variants: {
    fixed: {
      title: 'reference dropped last',
      switches: [],
      cases: {
        main: {
          ...close_against_unplug,
          reaches: [],
          tasks: [
            task(
              'close',
              (f, opened) => {
                f.call(
                  fn('widget_flush', WIDGET_C, (g, w: Ref<typeof Widget>) => {
                    if ((g.test_bit(w.gone) as unknown) === true) g.return();
                    g.clear_bit(w.dirty);
                  }),
                  opened,
                );
              },
              { args: [device] },
            ),
          ],
        },
      },
    },
  },
};
