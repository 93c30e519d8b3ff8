import * as z from 'zod';

/**
 * The part of the Amazon States Language that this home hosts, in JSONata mode. Objects are strict: a field that is
 * not listed is one that would be ignored silently, so it is refused when the home starts.
 */

/** `{% … %}`; anything else in a template is a literal, also with spaces around. */
export const expressionPattern = /^\{%([\s\S]*)%\}$/;

const Expression = z.string().regex(expressionPattern, 'must be a JSONata expression: {% … %}');
const orExpression = <T extends z.ZodType>(literal: T) => z.union([literal, Expression]);

const Template = z.json();
const Variables = z.record(z.string().regex(/^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u), Template);
const TimeInSeconds = orExpression(z.int().min(1).max(99_999_999));
const ErrorNames = z.array(z.string().min(1)).min(1);

const Retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: ErrorNames,
  IntervalSeconds: z.int().min(1).max(99_999_999).optional(),
  MaxAttempts: z.int().min(0).max(99_999_999).optional(),
  BackoffRate: z.number().min(1).optional(),
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).optional(),
});
export type Retrier = z.infer<typeof Retrier>;

const Catcher = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: ErrorNames,
  Next: z.string(),
  Assign: Variables.optional(),
  Output: Template.optional(),
});
export type Catcher = z.infer<typeof Catcher>;

const named = { Comment: z.string().optional(), QueryLanguage: z.literal('JSONata').optional() };
const onward = { Next: z.string().optional(), End: z.boolean().optional() };
const writes = { Assign: Variables.optional(), Output: Template.optional() };
const handles = { Retry: z.array(Retrier).optional(), Catch: z.array(Catcher).optional() };

const Pass = z.strictObject({ ...named, Type: z.literal('Pass'), ...writes, ...onward });

const Task = z.strictObject({
  ...named,
  Type: z.literal('Task'),
  Resource: z.string(),
  Arguments: Template.optional(),
  TimeoutSeconds: TimeInSeconds.optional(),
  HeartbeatSeconds: TimeInSeconds.optional(),
  ...writes,
  ...handles,
  ...onward,
});

const Choice = z.strictObject({
  ...named,
  Type: z.literal('Choice'),
  Choices: z
    .array(
      z.strictObject({
        Comment: z.string().optional(),
        Condition: z.union([z.boolean(), Expression]),
        Next: z.string(),
        ...writes,
      }),
    )
    .min(1),
  Default: z.string().optional(),
  ...writes,
});

const Wait = z.strictObject({
  ...named,
  Type: z.literal('Wait'),
  Seconds: orExpression(z.int().min(0).max(99_999_999)).optional(),
  Timestamp: orExpression(z.iso.datetime({ offset: true })).optional(),
  ...writes,
  ...onward,
});

const Succeed = z.strictObject({ ...named, Type: z.literal('Succeed'), Output: Template.optional() });

const Fail = z.strictObject({
  ...named,
  Type: z.literal('Fail'),
  Error: z.string().optional(),
  Cause: z.string().optional(),
});

const Parallel = z.strictObject({
  ...named,
  Type: z.literal('Parallel'),
  ...writes,
  ...handles,
  ...onward,
  Arguments: Template.optional(),
  get Branches(): z.ZodType<Flow[]> {
    return z.array(Flow).min(1);
  },
});

const Processor = z.strictObject({
  Comment: z.string().optional(),
  ProcessorConfig: z
    .strictObject({
      Mode: z.enum(['INLINE', 'DISTRIBUTED']).optional(),
      ExecutionType: z.enum(['STANDARD', 'EXPRESS']).optional(),
    })
    .optional(),
  StartAt: z.string(),
  get States(): z.ZodType<Record<string, State>> {
    return States;
  },
});

/** Known so that a state with them can be tested with a mocked result; a machine that has them is refused: `hosting.ts`. */
const ofDistributedMaps = {
  ItemReader: z.looseObject({ Arguments: Template.optional() }).optional(),
  ItemBatcher: z.looseObject({}).optional(),
  ResultWriter: z.looseObject({}).optional(),
  Label: z.string().max(40).optional(),
};

const MapState = z.strictObject({
  ...named,
  Type: z.literal('Map'),
  Items: orExpression(z.array(Template)).optional(),
  ItemSelector: Template.optional(),
  ItemProcessor: Processor,
  MaxConcurrency: orExpression(z.int().min(0)).optional(),
  ToleratedFailureCount: orExpression(z.int().min(0)).optional(),
  ToleratedFailurePercentage: orExpression(z.number().min(0).max(100)).optional(),
  ...ofDistributedMaps,
  ...writes,
  ...handles,
  ...onward,
});

export type State =
  | z.infer<typeof Pass>
  | z.infer<typeof Task>
  | z.infer<typeof Choice>
  | z.infer<typeof Wait>
  | z.infer<typeof Succeed>
  | z.infer<typeof Fail>
  | z.infer<typeof Parallel>
  | z.infer<typeof MapState>;
export type StateOf<T extends State['Type']> = Extract<State, { Type: T }>;
/** States to run from a first one: a machine, a branch of a Parallel, the processor of a Map. */
export type Flow = { Comment?: string | undefined; StartAt: string; States: Record<string, State> };

const StateUnion = z.discriminatedUnion('Type', [
  Pass,
  Task,
  Choice,
  Wait,
  Succeed,
  Fail,
  Parallel,
  MapState,
]);
/** A state without a machine, as TestState takes it. */
export const OneState: z.ZodType<State> = StateUnion;
const States: z.ZodType<Record<string, State>> = z.record(z.string().min(1).max(80), StateUnion);
const Flow: z.ZodType<Flow> = z.strictObject({
  Comment: z.string().optional(),
  StartAt: z.string(),
  States,
});

export const Definition = z.strictObject({
  Comment: z.string().optional(),
  Version: z.literal('1.0').optional(),
  QueryLanguage: z.enum(['JSONata', 'JSONPath']).optional(),
  TimeoutSeconds: z.int().min(1).max(99_999_999).optional(),
  StartAt: z.string(),
  States,
});
export type Definition = z.infer<typeof Definition>;
