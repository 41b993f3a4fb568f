/** The failpoints of the control plane: `@Inject(DISPATCH_FAILPOINTS) failpoints: Failpoints`. */
export const DISPATCH_FAILPOINTS = Symbol('DispatchFailpoints');
