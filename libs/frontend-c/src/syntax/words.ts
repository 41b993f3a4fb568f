/** Words of kernel C that are neither names nor keywords to a model: attributes are dropped, integer types are one kind. */
const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Names of types that need no declaration; every name in `_t` is one as well. */
export const BASE_TYPES = set(`
  void char short int long float double signed unsigned _Bool bool u8 u16 u32 u64 s8 s16 s32 s64
  __u8 __u16 __u32 __u64 __s8 __s16 __s32 __s64 __le16 __le32 __le64 __be16 __be32 __be64
  uint ulong ushort uchar __poll_t __int128 __sum16 __wsum`);

export const QUALIFIERS = set(`
  const volatile restrict __restrict register static extern inline __inline __inline__ auto typedef
  _Noreturn __extension__ _Thread_local`);

export const ATTRIBUTES = set(`
  __user __rcu __percpu __iomem __force __kernel __init __exit __read_mostly __must_check
  __always_inline noinline __noinline __maybe_unused __used __unused __weak __cold __hot __pure
  __malloc __net_init __net_exit ____cacheline_aligned ____cacheline_aligned_in_smp
  __cacheline_aligned __cacheline_aligned_in_smp __ro_after_init asmlinkage __initdata __initconst
  __exitdata __devinit __devexit __sched __lockfunc __deprecated __packed __visible notrace
  __refdata __ref __private __nocast __bitwise __safe noinline_for_stack __randomize_layout
  __designated_init __meminit __latent_entropy __noreturn __bpf_kfunc __no_kcsan
  __page_aligned_data __page_aligned_bss __always_unused __kprobes nokprobe_inline __flatten
  __net_initdata __net_initconst __noclone __nonstring`);

/** Attributes with arguments. */
export const ATTRIBUTE_CALLS = set(`
  __printf __scanf __acquires __releases __must_hold __attribute__ __attribute __aligned __section
  __alias __alloc_size __counted_by __guarded_by __pt_guarded_by __no_context_analysis
  __cond_acquires __free __cleanup __assume_aligned __context__ __declspec _Alignas asm __asm__`);

export const ASSIGNMENTS = set('= += -= *= /= %= &= |= ^= <<= >>=');

/** What no expression begins with. */
export const KEYWORDS = set(`
  if else while do for switch case default return goto break continue struct union enum sizeof`);

export const isBaseType = (name: string): boolean => BASE_TYPES.has(name) || /_t$/.test(name);
