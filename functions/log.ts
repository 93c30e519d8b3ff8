import { Logger } from '@aws-lambda-powertools/logger';
import { type LogCode, type LogFacts, logMessages } from '#shared/log-messages.ts';

const logger = new Logger({ serviceName: 'irikteu' });

/** One line: a code of the catalogue with its sentence, and identifiers. There is no way to log free text. */
export const log = {
  info: (code: LogCode, facts: LogFacts = {}): void => {
    logger.info(logMessages[code], { code, ...facts });
  },
  warn: (code: LogCode, facts: LogFacts = {}): void => {
    logger.warn(logMessages[code], { code, ...facts });
  },
  /** Of the error only its name and where it arose are kept: messages may quote what a person typed. */
  error: (code: LogCode, facts: LogFacts = {}, cause?: unknown): void => {
    logger.error(logMessages[code], {
      code,
      ...facts,
      ...(cause === undefined ? {} : { cause: traceOf(cause) }),
    });
  },
};

/** An error without its sentence: its name, where it arose, and the same of its causes. */
export const traceOf = (error: unknown, depth = 0): Trace => {
  if (!(error instanceof Error)) return { name: typeof error };
  return {
    name: error.name,
    at: placesOf(error)
      .split('\n')
      .filter((line) => line.trimStart().startsWith('at '))
      .slice(0, 8)
      .map((line) => line.trim()),
    ...(error.cause !== undefined && depth < 3 ? { cause: traceOf(error.cause, depth + 1) } : {}),
  };
};

/** The stack behind the sentence with which it begins. */
const placesOf = ({ stack = '', message }: Error): string => {
  const sentence = stack.indexOf(message);
  return sentence < 0 ? stack : stack.slice(sentence + message.length);
};

type Trace = { name: string; at?: string[]; cause?: Trace };
