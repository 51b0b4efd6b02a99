// English words by class, as the English rules speak of them. Verbs are in verbs.ts.

import { englishCountries } from '../words/countries.ts'
import type { WordClasses } from '../words/lexicon.ts'

export const englishWords: WordClasses = {
  country: `${englishCountries} us usa uk eu uae prc dprk asean`,
  'country-adjective':
    'chinese american u.s us british japanese korean australian canadian french german dutch indian brazilian mexican russian singaporean norwegian swedish danish finnish estonian polish italian spanish portuguese israeli turkish indonesian malaysian thai vietnamese philippine filipino kenyan nigerian rwandan egyptian swiss austrian belgian european greek irish chilean peruvian argentine colombian pakistani kazakh mongolian ukrainian saudi emirati south north new',
  determiner: 'the a an this these those its their our his her my your such said',
  each: 'each every',
  none: 'neither no none',
  both: 'both all',
  any: 'a an any one another',
  plural: 'two three four five six seven eight nine ten twelve several respective',
  // Whoever binds itself by such a text.
  party:
    'side sides party parties government governments country countries state states nation nations participant participants member members signatory signatories leader leaders minister ministers president presidents premier premiers principals delegation delegations partner partners contracting jurisdictions economies',
  'party-plural':
    'sides parties governments countries states nations participants members signatories leaders ministers presidents premiers principals delegations partners jurisdictions economies ministries agencies authorities',
  title: 'president presidents minister ministers premier premiers leader leaders',
  pronoun: 'they we both each',
  body: 'group groups committee committees subcommittee mechanism mechanisms dialogue dialogues network hotline secretariat ministry ministries agency agencies authority authorities centre centres center centers commission council office offices administration bureau department departments contact contacts point points team teams board forum force cert csirt certs csirts police chair chairs chairperson co-chair co-chairs lead leads head heads expert experts organisation organization organisations unit units meeting meetings conference assembly round rounds session sessions line channel consultations workshop exercise exercises seminar roundtable summit body bodies taskforce regulator regulators officials host recipient recipients originator depositary',
  // Bodies that can be set up.
  institution:
    'group groups committee committees subcommittee mechanism mechanisms dialogue dialogues network hotline secretariat centre centres center centers council commission office forum team teams board force line lines channel channels platform partnership working-group point points registry directory unit body fund programme program taskforce laboratory observatory',
  'meeting-body':
    'meeting meetings round rounds session sessions dialogue dialogues conference workshop consultations exercise seminar roundtable summit',
  office:
    'official officials lead leads contact contacts point points authority authorities agency agencies ministry ministries representative representatives coordinator coordinators head heads officer officers focal enquiry chair co-chair co-chairs liaison liaisons office centre center minister secretary department',
  role: 'requested requesting receiving executing issuing notifying notified inviting hosting host competent central sending affected respondent responding sharing originating importing exporting',
  modifier:
    'two three four five six relevant competent central national responsible senior working joint expert technical bilateral trilateral high-level senior-level contracting respective participating other permanent regular annual ministerial member law-enforcement enforcement cyber first second third fourth next inaugural initial interagency steering coordination coordinating task contact undersigned above designated regional new public private supervisory regulatory judicial customs data-protection protection competition local standing ad executive',
  outsider:
    'company companies firm firms analyst analysts expert-witness critic critics observer observers commentator commentators researcher researchers scholar scholars economist economists market markets newspaper newspapers reporter reporters spokesman spokeswoman spokesperson source sources chief investor investors consumer consumers shares stock prices demand growth association lawyers lobbyists industry executives activists diplomats negotiators pundits editors users user economy deal bridge summit-goers visitors journalists supplier suppliers',
  adverb:
    'also further hereby jointly again therefore thus furthermore moreover both each all strongly fully firmly solemnly reciprocally mutually always then likewise once now already formally today actively regularly promptly immediately duly jointly respectively together separately accordingly additionally similarly unanimously voluntarily specifically explicitly together expressly individually collectively continuously closely in-principle warmly highly',
  // Words that link to what was said before and carry nothing.
  link: 'and but also in addition furthermore moreover therefore accordingly finally additionally then thus meanwhile',
  be: 'is are was were be been being',
  have: 'have has',
  had: 'had',
  not: 'not never',
  modal: 'will shall must should may might can could would cannot',
  soft: 'may might can could',
  subordinator: 'if unless whether until once because although though while when before after where why how since lest',
  relative: 'which who whom whose that',
  'self-text':
    'agreement memorandum arrangement statement declaration communiqué communique document treaty convention protocol mou annex report text',
  'said-noun': 'agreement commitment undertaking pledge decision consensus understanding promise deal pact accord',
  'list-verb':
    'include includes included including list lists listed cites cited cite contains contained contain mentions mentioned records recorded features notes reaches reached',
  adjective:
    'joint bilateral trilateral permanent standing regular annual senior technical dedicated direct new high-level common regional expert working 24/7 secure ministerial cyber mutual',
  number: 'one two three four five six seven eight nine ten twelve fifteen thirty sixty ninety',
  // Nouns of rules and acts that norms speak of.
  norm: 'measure measures rule rules regulation regulations standard standards request requests response responses information procedure procedures policy policies requirement requirements restriction restrictions cooperation data evidence costs assistance law laws practices certification review reviews licences comments notification notifications',
  predictive:
    'likely probably become benefit gain lose overtake reach grow face struggle suffer win surge rise fall travel visit arrive depart need remain seem',
  'duty-s':
    'keeps maintains designates appoints nominates names answers responds acts informs notifies provides ensures reports takes makes shares holds treats bears gives publishes submits reviews protects preserves establishes guarantees undertakes acknowledges handles cooperates assists tests updates records exchanges consults refrains sees supplies sends returns hosts chairs convenes prepares circulates examines collects stores bears grants accepts respects applies adopts operates',
}
