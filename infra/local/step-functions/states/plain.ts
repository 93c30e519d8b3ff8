import type { Frame } from '#infra/local/step-functions/execution.ts';
import { exitOf, failLine, leave } from '#infra/local/step-functions/flow.ts';
import { isTooLarge, type Json, textOf } from '#infra/local/step-functions/json.ts';
import type { StateOf } from '#infra/local/step-functions/language.ts';
import { StateError, tooLarge } from '#infra/local/step-functions/state-error.ts';
import { evaluationError, explain, render, renderAs } from '#infra/local/step-functions/templates.ts';
import { change, setTimer, type Turn } from '#infra/local/step-functions/turn.ts';

/** States that need nothing from outside. Each may throw StateError. */

export const pass = (turn: Turn, frame: Frame, state: StateOf<'Pass' | 'Succeed'>): Promise<void> =>
  leave(turn, frame, exitOf(state, frame.input));

/** The first condition that holds decides; a rule that matches writes its own Assign and Output, not the state's. */
export const choice = async (turn: Turn, frame: Frame, state: StateOf<'Choice'>): Promise<void> => {
  for (const [index, rule] of state.Choices.entries()) {
    const location = `Choices[${index}]/Condition`;
    if (!(await renderAs(turn, frame, { location, template: rule.Condition, type: 'boolean' }))) continue;
    await leave(turn, frame, {
      next: rule.Next,
      assign: rule.Assign,
      output: rule.Output,
      otherwise: frame.input,
      seen: {},
    });
    return;
  }
  if (state.Default === undefined) {
    throw new StateError(
      'States.NoChoiceMatched',
      explain(frame, 'No choice rule matched and there is no Default.'),
    );
  }
  await leave(turn, frame, { ...exitOf(state, frame.input), next: state.Default });
};

export const fail = async (turn: Turn, frame: Frame, state: StateOf<'Fail'>): Promise<void> => {
  const error = await textField(turn, frame, 'Error', state.Error);
  const cause = await textField(turn, frame, 'Cause', state.Cause);
  failLine(turn, frame, new StateError(error, cause, { isTerminal: false }));
};

const textField = async (
  turn: Turn,
  frame: Frame,
  location: string,
  template: string | undefined,
): Promise<string | undefined> =>
  template === undefined ? undefined : renderAs(turn, frame, { location, template, type: 'string' });

export const wait = async (turn: Turn, frame: Frame, state: StateOf<'Wait'>): Promise<void> => {
  const until =
    state.Timestamp === undefined
      ? turn.now +
        (await secondsOf(turn, frame, { location: 'Seconds', template: state.Seconds ?? 0 })) * 1000
      : await momentOf(turn, frame, state.Timestamp);
  if (until <= turn.now) {
    await leave(turn, frame, exitOf(state, frame.input));
    return;
  }
  setTimer(turn, frame, 'wait', until);
  change(turn, frame, { kind: 'waiting', until });
};

const momentOf = async (turn: Turn, frame: Frame, template: string): Promise<number> => {
  const text = await renderAs(turn, frame, { location: 'Timestamp', template, type: 'string' });
  const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i.test(text);
  const moment = isWhole ? Date.parse(text.toUpperCase()) : Number.NaN;
  if (!Number.isNaN(moment)) return moment;
  throw evaluationError(
    frame,
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    'Timestamp',
  );
};

/** Whole seconds, 0 or more (also for TimeoutSeconds and HeartbeatSeconds, which ask for 1 or more themselves). */
export const secondsOf = async (
  turn: Turn,
  frame: Frame,
  field: { location: string; template: Json },
): Promise<number> => {
  const seconds = await renderAs(turn, frame, { ...field, type: 'number' });
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= 99_999_999) return seconds;
  throw evaluationError(
    frame,
    `The ${field.location} field must be a whole number between 0 and 99999999 but was: ${seconds}`,
    field.location,
  );
};

/** Arguments with their expressions evaluated; the state's input where there are none. */
export const argumentsOf = async (
  turn: Turn,
  frame: Frame,
  template: Json | undefined,
  token?: string,
): Promise<Json> => {
  if (template === undefined) return frame.input;
  const seen = token === undefined ? {} : { token };
  const given = await render(turn, frame, { location: 'Arguments', template }, seen);
  if (isTooLarge(textOf(given))) throw tooLarge(frame.state, true);
  return given;
};
