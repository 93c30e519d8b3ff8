import type { Expression, Machine, State } from '#workflows/asl.ts';

/** A machine as a Mermaid flow chart, generated so that the picture cannot differ from what runs. */
export const chartOf = (machine: Machine): string =>
  [
    'flowchart TD',
    `  Start((start)) --> ${machine.StartAt}`,
    ...Object.entries(machine.States).flatMap(([name, state]) =>
      [`  ${box(name, state)}`].concat(arrows(name, state)),
    ),
    '',
  ].join('\n');

const box = (name: string, state: State<string>): string => {
  switch (state.Type) {
    case 'Task':
      return waits(state.Resource)
        ? `${name}[/"${words(name)}<br/>people decide, ${patience(state.TimeoutSeconds)}"/]`
        : `${name}["${words(name)}"]`;
    case 'Wait':
      return `${name}[/"${words(name)}"/]`;
    case 'Choice':
      return `${name}{"${words(name)}?"}`;
    case 'Succeed':
      return `${name}(["${words(name)}"])`;
    case 'Fail':
      return `${name}(["${words(name)} ✗"])`;
    default:
      return state satisfies never;
  }
};

const arrows = (name: string, state: State<string>): string[] => {
  switch (state.Type) {
    case 'Task':
      return [
        `  ${name} --> ${state.Next}`,
        ...(state.Catch ?? []).map(
          (one) => `  ${name} -. "${one.ErrorEquals.map(words).join(', ')}" .-> ${one.Next}`,
        ),
      ];
    case 'Wait':
      return [`  ${name} --> ${state.Next}`];
    case 'Choice':
      return [
        ...state.Choices.map((one) => `  ${name} -- "${asked(one.Condition)}" --> ${one.Next}`),
        `  ${name} -- "anything else" --> ${state.Default}`,
      ];
    case 'Succeed':
    case 'Fail':
      return [];
    default:
      return state satisfies never;
  }
};

const waits = (resource: string): boolean => resource.endsWith('.waitForTaskToken');

const patience = (timeout: number | Expression): string =>
  typeof timeout === 'number' ? `up to ${timeout / (24 * 60 * 60)} days` : 'for as long as was computed';

/** `WaitForDeadline` → `Wait for deadline`; `States.Timeout` → `timeout`. */
const words = (name: string): string => {
  const plain = name.replace(/^States\./, '').replace(/([a-z])([A-Z])/g, '$1 $2');
  return plain.charAt(0) + plain.slice(1).toLowerCase();
};

/** `{% $states.input.stage = 'call' %}` → `stage = call`. */
const asked = (condition: string): string => condition.replaceAll(/\{%|%\}|\$states\.input\.|'/g, '').trim();
