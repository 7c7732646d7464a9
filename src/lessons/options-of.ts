// Reads the options that an author wrote inside a question.

import { Children, isValidElement, type ReactNode } from 'react';
import { Option, type OptionProps } from './Option.tsx';

/** The props of every `Option` among the children; the rest is prose and stays with the author. */
export const optionsOf = (children: ReactNode): OptionProps[] =>
  Children.toArray(children).flatMap((child) =>
    isValidElement<OptionProps>(child) && child.type === Option ? [child.props] : [],
  );
