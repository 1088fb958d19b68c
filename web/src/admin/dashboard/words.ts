/** The words of the first page. */
import { defineWords } from '../words';

export const dashboardWords = defineWords({
  en: { overview: 'Overview', hint: 'What needs a person now.' },
  de: { overview: 'Übersicht', hint: 'Was jetzt jemanden braucht.' },
});
