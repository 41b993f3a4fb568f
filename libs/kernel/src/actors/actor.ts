/**
 * Who can run. A task is declared by the program and runs its body once; a worker serves a workqueue and takes item after
 * item; a timer runs its function, or queues its work, when its time has come; a handler runs whenever it is raised. Each is
 * a program counter and locals in the state; a program counter of 0 means that it is idle, and what idle
 * means, and what is taken then, is said once per kind: task.ts, worker.ts, timer.ts, handler.ts.
 */
export interface Thread {
  readonly name: string;
  /** Slot of the program counter. */
  readonly pc: number;
  /** First slot of the locals. */
  readonly locals: number;
  readonly localCount: number;
  /** Slot of the signals that are pending for it; -1 if it never gets one. Among the locals, behind the program's own. */
  readonly signals: number;
  /** First slot of what it keeps off its CPU; -1 where no task is ever interrupted, or asks to be left alone. Like `signals`. */
  readonly contexts: number;
}

export interface TaskActor extends Thread {
  readonly kind: 'task';
  readonly body: number;
}

export interface WorkerActor extends Thread {
  readonly kind: 'worker';
  /** Queue object it serves, and that object's type. */
  readonly queue: number;
  readonly queueType: number;
  /** Slot of the item it runs. */
  readonly item: number;
  /** First slot of the queue's pending items, -1 if the queue can have none. */
  readonly fifo: number;
  /** Task number of the queue's first worker, and how many the queue has. */
  readonly first: number;
  readonly among: number;
}

export interface TimerActor extends Thread {
  readonly kind: 'timer';
  /** Its number among the items, and its function. */
  readonly number: number;
  readonly work: number;
  /** Slot of the item it runs: its own, or none; -1 if it runs nothing. */
  readonly item: number;
  /** Slot of the item that is to be run when its time comes: its own, or none where it is not armed. */
  readonly armed: number;
  /** Slot of the queue that its work goes to when its time comes; -1 if it runs its function itself. */
  readonly queue: number;
}

export interface HandlerActor extends Thread {
  readonly kind: 'handler';
  /** Its number among the items, and its function. */
  readonly number: number;
  readonly work: number;
  /** Slot of the item it runs: its own, or none. */
  readonly item: number;
  /** Slot of its own item while the line is requested, or the tasklet scheduled; else of none. */
  readonly raised: number;
  /** Slots of how many interrupts may still come, and how often the line is disabled; -1 of a tasklet. */
  readonly left: number;
  readonly depth: number;
}

export type Actor = TaskActor | WorkerActor | TimerActor | HandlerActor;
