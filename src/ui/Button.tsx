// The one button. It says what it does; it does not know what that is.

import type { ButtonHTMLAttributes } from 'react';
import styles from './Button.module.css';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary` for the one next thing, `danger` for what breaks something on the wire. */
  readonly kind?: 'primary' | 'quiet' | 'danger';
}

export function Button({ kind = 'quiet', className = '', ...rest }: Props) {
  return (
    <button type="button" className={`${styles.button} ${styles[kind]} ${className}`} {...rest} />
  );
}
