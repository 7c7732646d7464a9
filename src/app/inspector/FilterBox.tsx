// The display filter's line: what is wrong with it, and what may be written next. Filters nothing.

import { type KeyboardEvent, type RefObject, useId, useRef, useState } from 'react';
import { type Completion, compileFilter, completeFilter } from '../../capture/filter.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './FilterBox.module.css';

interface Props {
  readonly text: string;
  /** How many packets it lets through, in words. */
  readonly result: string;
  onText(text: string): void;
  /** Asked to filter by the text as it is, which is right. */
  onApply(text: string): void;
}

export function FilterBox({ text, result, onText, onApply }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const compiled = compileFilter(text);
  const error = compiled.kind === 'error' ? compiled : undefined;
  const apply = () => {
    if (!error) onApply(text);
  };
  return (
    <form
      className={styles.filter}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <label htmlFor={`${id}-input`}>Filter</label>
      <Line id={id} input={input} text={text} isWrong={error !== undefined} onText={onText} />
      <Button type="submit" disabled={error !== undefined}>
        Apply
      </Button>
      <Button
        disabled={text === ''}
        onClick={() => {
          onText('');
          onApply('');
          input.current?.focus();
        }}
      >
        Clear
      </Button>
      <p id={`${id}-said`} className={error ? styles.error : styles.said} aria-live="polite">
        {error ? `Column ${error.column}: ${error.message}` : result}
      </p>
    </form>
  );
}

interface LineProps extends Pick<Props, 'text' | 'onText'> {
  readonly id: string;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly isWrong: boolean;
}

/** The text itself. Enter that chooses no name is the form's. */
function Line({ id, input, text, isWrong, onText }: LineProps) {
  const [completion, setCompletion] = useState<Completion>();
  const [active, setActive] = useState(-1);
  const close = () => setCompletion(undefined);
  const take = (name: string): void => {
    if (!completion) return;
    const before = text.slice(0, completion.from) + name;
    onText(before + text.slice(completion.to));
    close();
    input.current?.focus();
    requestAnimationFrame(() => input.current?.setSelectionRange(before.length, before.length));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const names = completion?.names ?? [];
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = names[active];
    if (by && names.length > 0) setActive((active + by + names.length) % names.length);
    else if (event.key === 'Enter' && chosen) take(chosen.name);
    else if (event.key === 'Escape' && completion) close();
    else {
      if (event.key === 'Enter') close();
      return;
    }
    event.preventDefault();
  };
  return (
    <div className={styles.line}>
      <input
        id={`${id}-input`}
        ref={input}
        role="combobox"
        aria-expanded={completion !== undefined}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        aria-invalid={isWrong}
        aria-describedby={`${id}-said`}
        value={text}
        placeholder="socketio or tcp.flags.syn == 1"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={({ currentTarget: { value, selectionStart } }) => {
          onText(value);
          setCompletion(
            selectionStart === null ? undefined : completeFilter(value, selectionStart),
          );
          setActive(-1);
        }}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      {completion && <Suggestions id={id} completion={completion} active={active} onTake={take} />}
    </div>
  );
}

interface SuggestionsProps {
  readonly id: string;
  readonly completion: Completion;
  readonly active: number;
  onTake(name: string): void;
}

const Suggestions = ({ id, completion, active, onTake }: SuggestionsProps) => (
  <div id={`${id}-list`} role="listbox" aria-label="Names" className={styles.names} tabIndex={-1}>
    {completion.names.map(({ name, label, explain }, i) => (
      // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the line has the keys
      <div
        key={name}
        id={`${id}-${i}`}
        role="option"
        aria-selected={i === active}
        title={explain}
        // The line must not lose the focus before the click.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onTake(name)}
      >
        <code>{name}</code> <span>{label}</span>
      </div>
    ))}
  </div>
);
