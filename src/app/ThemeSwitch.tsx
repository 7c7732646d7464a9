// One button between light and dark.

import styles from './ThemeSwitch.module.css';
import { chooseTheme, useTheme } from './theme.ts';

export function ThemeSwitch() {
  const other = useTheme() === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      className={styles.switch}
      aria-label={`Use the ${other} theme`}
      onClick={() => chooseTheme(other)}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M8 1.8 a6.2 6.2 0 0 1 0 12.4 z" fill="currentColor" />
      </svg>
    </button>
  );
}
