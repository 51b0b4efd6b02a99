// The English lexicon, made once from the word lists.

import { createLexicon } from '../words/lexicon.ts'
import { englishVerbs, irregularPast } from './verbs.ts'
import { englishWords } from './words.ts'

export const englishLexicon = createLexicon(englishWords, englishVerbs, irregularPast)
