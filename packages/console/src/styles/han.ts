// The Chinese faces, in the two weights that are used, as a hundred small files by character range. Loaded when Chinese
// is about to be shown: the table of ranges alone is larger than the rest of the style sheet.

import '@fontsource/noto-sans-sc/400.css'
import '@fontsource/noto-sans-sc/600.css'
