/** Several words in one field, such as genres or names, with those that other shows use to choose from. */
import { TagsInput } from '@mantine/core';
import { useWords } from '../words';
import type { ShowFieldsProps } from './ShowFields';
import { showWords } from './words';

type ListName = 'genres' | 'tags' | 'cast' | 'directors';

export function WordsField({
  name,
  known = [],
  text,
  faults,
  onChange,
}: ShowFieldsProps & { name: ListName; known?: string[] | undefined }) {
  const words = useWords(showWords);
  return (
    <TagsInput
      label={words[name]}
      placeholder={text[name].length === 0 ? words.enterAdds : ''}
      data={known}
      acceptValueOnBlur
      splitChars={[',', ';']}
      value={text[name]}
      error={faults[name]}
      onChange={(values) => onChange({ [name]: values })}
    />
  );
}
