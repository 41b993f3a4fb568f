/** Models of our own text, a construct or two each. */
import { front } from './reading.fixture.js';

const DEVICE = `struct foo {
	struct mutex lock;
	struct kref ref;
	struct list_head node;
	struct work_struct work;
	unsigned long flags;
	int users;
	struct foo *other;
};

enum { FOO_OPEN, FOO_GONE };

static DEFINE_MUTEX(foo_mutex);
static LIST_HEAD(foo_list);
static struct foo *the_foo;

static void foo_release(struct kref *ref)
{
	struct foo *foo = container_of(ref, struct foo, ref);

	kfree(foo);
}

static void setup(void)
{
	struct foo *foo = kzalloc(sizeof(*foo), GFP_KERNEL);

	kref_init(&foo->ref);
	INIT_LIST_HEAD(&foo_list);
	list_add(&foo->node, &foo_list);
	the_foo = foo;
}
`;

/** Guards, error codes, goto to a cleanup, and a put that calls its release function. */
const refcounts = `${front('a: "foo_open(the_foo)", b: "foo_open(the_foo)"')}${DEVICE}
static int foo_check(struct foo *foo)
{
	guard(mutex)(&foo->lock);
	if (test_bit(FOO_GONE, &foo->flags))
		return -ENODEV;
	foo->users++;
	return 0;
}

static int foo_open(struct foo *foo)
{
	int err;

	kref_get(&foo->ref);
	err = foo_check(foo);
	if (err < 0)
		goto out;
	set_bit(FOO_OPEN, &foo->flags);
	mutex_lock(&foo->lock);
	foo->users--;
	mutex_unlock(&foo->lock);
out:
	kref_put(&foo->ref, foo_release);
	return err;
}
`;

/** A list is emptied while it is walked; loops with break and continue; a switch. */
const loops = `${front('a: drain()')}${DEVICE}
static int pick(int n)
{
	int sum = 0;

	switch (n) {
	case 0:
		return -EINVAL;
	case 1:
	case 2:
		sum = 2;
		break;
	default:
		sum = 1;
	}
	while (sum < 5) {
		sum++;
		if (the_foo->users == 1)
			continue;
		if (sum == 4)
			break;
	}
	return sum;
}

static void drain(void)
{
	struct foo *foo, *next;

	pick(2);
	list_for_each_entry_safe(foo, next, &foo_list, node) {
		scoped_guard(mutex, &foo_mutex) {
			if (foo->users)
				break;
			list_del(&foo->node);
		}
		kfree(foo);
	}
}
`;

/** Work that is cancelled before its object goes. */
const work = `${front('a: start(the_foo), b: foo_stop(the_foo)')}${DEVICE}
static void foo_work(struct work_struct *work)
{
	struct foo *foo = container_of(work, struct foo, work);

	foo->users = 1;
}

static void start(struct foo *foo)
{
	INIT_WORK(&foo->work, foo_work);
	schedule_work(&foo->work);
}

static void foo_stop(struct foo *foo)
{
	disable_work_sync(&foo->work);
}
`;

export const FIXTURES = { refcounts, loops, work } as const;
