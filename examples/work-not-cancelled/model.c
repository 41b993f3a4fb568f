/* lastref
scenario: work-not-cancelled
title: a device is freed while its work is still queued
variants:
  buggy: { title: remove frees the device and leaves its work queued }
  fixed: { title: remove cancels the work and waits for it, define: CANCEL }
cases:
  main:
    title: an interrupt queues the work, the device goes away
    given: plug()
    tasks:
      interrupt: foo_interrupt(the_foo)
      unplug: { run: foo_remove(the_foo), after: queued }
    reaches: [ queued ]
expect:
  buggy/main: { expect: "all:use-after-free@foo_work", reports: [ warning ] }
  fixed/main: clean
*/
#include <linux/slab.h>
#include <linux/workqueue.h>

struct foo {
	struct work_struct work;
	int events;
	int handled;
};

static struct foo *the_foo;

static void foo_work(struct work_struct *work)
{
	struct foo *foo = container_of(work, struct foo, work);

	foo->events++;
}

static void foo_interrupt(struct foo *foo)
{
	schedule_work(&foo->work);
	lastref_milestone(queued);
	foo->handled = 1;
}

static void foo_remove(struct foo *foo)
{
#ifdef CANCEL
	cancel_work_sync(&foo->work);
#endif
	kfree(foo);
}

/* What is there before anything happens. */
static void plug(void)
{
	struct foo *foo = kzalloc(sizeof(*foo), GFP_KERNEL);

	INIT_WORK(&foo->work, foo_work);
	the_foo = foo;
}
