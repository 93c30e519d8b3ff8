import type { GateView } from '#functions/commands/gate-view.ts';
import { type Action, permit } from '#shared/domain/permission.ts';
import type { FieldError, Typed } from '../form.ts';

/** What a form of the page held when it was refused, drawn again beside what is wrong. */
export type Refused = {
  form: 'vote' | 'departure' | 'meeting' | 'undo' | 'paper' | 'absence';
  typed: Typed;
  errors: readonly FieldError[];
};

/** Whether the visitor may do this on the round as it stands. */
export const may = ({ by, round }: GateView, action: Action): boolean =>
  permit(action, by.role, round.state.stage).ok;
