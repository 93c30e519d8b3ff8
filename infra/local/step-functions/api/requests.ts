import * as z from 'zod';
import { isTooLarge, type Json, parseJson, payloadBytes } from '#infra/local/step-functions/json.ts';
import { ApiError } from './errors.ts';

/** Requests of the API, checked as AWS checks them; fields that this home has no use for are let pass. */

const Arn = z.string().min(1).max(2000);
const Page = { maxResults: z.int().min(0).max(1000).optional(), nextToken: z.string().optional() };
const Reason = { error: z.string().max(256).optional(), cause: z.string().max(32_768).optional() };
const TaskToken = z.string().min(1).max(2048);

/** What a task, a Map or a Parallel is said to have come to. Results are not compared with the models of AWS's APIs. */
const Mock = z
  .object({
    result: z.string().max(payloadBytes).optional(),
    errorOutput: z
      .object({ error: z.string().max(256), cause: z.string().max(32_768).optional() })
      .optional(),
  })
  .refine(({ result, errorOutput }) => (result === undefined) !== (errorOutput === undefined), {
    message: 'needs either result or errorOutput',
  });

export const requests = {
  StartExecution: z.object({
    stateMachineArn: Arn,
    /** No blanks, brackets, wildcards or control characters. */
    name: z
      .string()
      .min(1)
      .max(80)
      // oxlint-disable-next-line no-control-regex -- control characters are what is refused
      .regex(/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]+$/)
      .optional(),
    input: z.string().optional(),
  }),
  DescribeExecution: z.object({ executionArn: Arn }),
  DescribeStateMachineForExecution: z.object({ executionArn: Arn }),
  GetExecutionHistory: z.object({
    executionArn: Arn,
    reverseOrder: z.boolean().optional(),
    includeExecutionData: z.boolean().optional(),
    ...Page,
  }),
  StopExecution: z.object({ executionArn: Arn, ...Reason }),
  ListExecutions: z.object({
    stateMachineArn: Arn,
    statusFilter: z
      .enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'])
      .optional(),
    ...Page,
  }),
  ListStateMachines: z.object({ ...Page }),
  DescribeStateMachine: z.object({ stateMachineArn: Arn }),
  TestState: z.object({
    definition: z.string().min(1).max(1_048_576),
    stateName: z.string().min(1).max(80).optional(),
    roleArn: Arn.optional(),
    input: z.string().optional(),
    variables: z.string().optional(),
    context: z.string().optional(),
    inspectionLevel: z.enum(['INFO', 'DEBUG', 'TRACE']).optional(),
    mock: Mock.optional(),
    stateConfiguration: z
      .object({
        retrierRetryCount: z.int().min(0).optional(),
        errorCausedByState: z.string().min(1).max(80).optional(),
        mapIterationFailureCount: z.int().min(0).optional(),
        mapItemReaderData: z.string().max(payloadBytes).optional(),
      })
      .optional(),
  }),
  SendTaskSuccess: z.object({ taskToken: TaskToken, output: z.string() }),
  SendTaskFailure: z.object({ taskToken: TaskToken, ...Reason }),
  SendTaskHeartbeat: z.object({ taskToken: TaskToken }),
} as const;

export type TestStateRequest = z.infer<typeof requests.TestState>;

/** @throws ApiError (SerializationException, ValidationException) */
export const readRequest = <T>(schema: z.ZodType<T>, body: string): T => {
  let sent: unknown;
  try {
    sent = body === '' ? {} : JSON.parse(body);
  } catch {
    throw new ApiError('SerializationException', 'The request is not JSON.');
  }
  const read = schema.safeParse(sent);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `Value at '${path.join('.')}': ${message}`);
  throw new ApiError(
    'ValidationException',
    `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected: ${faults.join('; ')}`,
  );
};

/** @throws ApiError `code` for what is no JSON, ValidationException for what is too long */
export const readPayload = (text: string, field: string, code: string): Json => {
  if (isTooLarge(text)) {
    throw new ApiError(
      'ValidationException',
      `1 validation error detected: Value at '${field}' must have length less than or equal to ${payloadBytes}`,
    );
  }
  try {
    return parseJson(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new ApiError(
      code,
      `Invalid ${field === 'input' ? 'State Machine Execution Input' : 'Output'}: '${reason}'`,
    );
  }
};
