import type { LanguageWords } from './language-words';

/** Khmer. */
export const km: LanguageWords = {
  keywords: {
    optOut: ['ឈប់', 'បញ្ឈប់'],
    optIn: ['ចាប់ផ្តើម', 'ចាប់ផ្ដើម', 'បាទ', 'ចាស'],
    help: ['ជំនួយ'],
    menu: ['ម៉ឺនុយ'],
    support: ['គាំទ្រ'],
    info: ['ព័ត៌មាន'],
    pause: ['ផ្អាក'],
    resume: ['បន្ត'],
    start: ['ចាប់ផ្តើម', 'ចាប់ផ្ដើម', 'បន្ទាប់'],
    next: ['បន្ថែម', 'ទៀត'],
    thanks: ['សូមអរគុណ', 'អរគុណ'],
  },
  drills: { 'change-schedule': ['កាលវិភាគ'], 'change-name': ['ឈ្មោះ'], 'change-language': ['ភាសា'] },
  yes: ['បាទ', 'ចាស'],
  greetings: ['សួស្តី', 'ជំរាបសួរ', 'ខ្មែរ'],
  letters: /\p{Script=Khmer}/u,
  numbersBegin: ['855'],
  stopping: {},
  stoppingAnywhere: [
    'ឈប់ផ្ញើសារ',
    'កុំផ្ញើសារមកខ្ញុំ',
    'កុំផ្ញើសារ',
    'បញ្ឈប់សារ',
    'បញ្ឈប់ការផ្ញើ',
    'សូមឈប់',
    'លុបលេខខ្ញុំ',
    'ដកខ្ញុំចេញ',
    'មិនចង់ទទួលសារ',
    'មិនចង់បានសារ',
    'កុំរំខានខ្ញុំ',
    'ឈប់រំខាន',
  ],
  isWrittenWithoutSpaces: true,
};
