//! The words of the trade that tell names apart: legal forms, the nouns that end an organisation's, a place's, an
//! event's or a law's name, titles before a person's name and offices behind it, verbs of saying. Closed lists over
//! lower-case words; no names.

/// Legal forms that end a firm's name, in one token.
pub(super) fn legal_form(low: &str) -> bool {
    matches!(
        low,
        "inc" | "incorporated" | "corp" | "corporation" | "co" | "ltd" | "limited" | "llc" | "llp" | "lp" | "plc" | "gmbh"
            | "ag" | "se" | "sa" | "s.a." | "s.a" | "spa" | "s.p.a." | "nv" | "n.v." | "bv" | "b.v." | "ab" | "asa" | "oy"
            | "oyj" | "sas" | "sarl" | "kgaa" | "kg" | "pty" | "pte" | "bhd" | "sdn" | "pvt" | "jsc" | "pjsc" | "ojsc"
            | "tbk" | "s.l." | "ltda" | "srl" | "s.r.l." | "kk" | "k.k." | "a/s" | "l.l.c." | "l.p." | "p.c." | "pllc"
            | "l.l.p." | "kft" | "zrt" | "s.r.o." | "d.o.o." | "s.a.s." | "ulc" | "aktiengesellschaft" | "ev" | "e.v."
    )
}

/// Legal forms that are also words or initials: they want a comma, capitals or company.
pub(super) fn weak_form(low: &str) -> bool {
    matches!(low, "co" | "se" | "sa" | "ag" | "ab" | "oy" | "kg" | "lp" | "limited" | "ev" | "spa" | "kk" | "sas" | "incorporated")
}

/// Nouns that end (or open, before `of`) an organisation's name.
pub(super) fn organisation(low: &str) -> bool {
    matches!(
        low,
        "university" | "institute" | "institution" | "bank" | "foundation" | "association" | "council" | "committee" | "commission"
            | "department" | "ministry" | "agency" | "bureau" | "authority" | "society" | "union" | "federation"
            | "chamber" | "corporation" | "corps" | "group" | "holdings" | "holding" | "partners" | "capital" | "ventures" | "pharmaceuticals"
            | "pharma" | "therapeutics" | "biosciences" | "technologies" | "technology" | "systems" | "software" | "labs"
            | "laboratories" | "laboratory" | "networks" | "media" | "entertainment" | "studios" | "airlines" | "airways"
            | "insurance" | "financial" | "energy" | "resources" | "motors" | "industries" | "clinic" | "school" | "college"
            | "academy" | "church" | "ministries" | "orchestra" | "court" | "police" | "senate" | "congress" | "parliament" | "party"
            | "army" | "navy" | "fund" | "trust" | "alliance" | "coalition" | "consortium" | "company" | "companies"
            | "enterprises" | "services" | "solutions" | "consulting" | "advisors" | "advisers" | "associates" | "realty" | "properties"
            | "communications" | "logistics" | "securities" | "investments" | "management" | "bancorp" | "bancshares" | "brewing"
            | "publishing" | "records" | "pictures" | "productions" | "robotics" | "diagnostics" | "biotech" | "genomics"
            | "medical" | "healthcare" | "wireless" | "telecom" | "interactive" | "games" | "digital" | "analytics" | "firm"
            | "cooperative" | "club" | "league" | "team" | "squad" | "team's" | "administration" | "secretariat" | "newspaper" | "times" | "journal" | "tribune"
            | "herald" | "press" | "news" | "radio" | "television" | "exchange" | "office" | "division" | "faculty" | "universität" | "université"
            | "universidad" | "hospital" | "hospitals" | "lab" | "gallery" | "museum" | "library" | "guild" | "initiative's" | "board" | "task" | "brewery" | "winery"
            | "schools" | "district" | "fcu" | "credit" | "crew" | "brands" | "collective" | "works" | "mining" | "minerals" | "metals" | "gold" | "oil" | "gas" | "petroleum"
    )
}

/// Nouns that end a place's name.
pub(super) fn place(low: &str) -> bool {
    matches!(
        low,
        "street" | "avenue" | "boulevard" | "road" | "county" | "province" | "city" | "district" | "island" | "islands"
            | "river" | "lake" | "mountain" | "mountains" | "valley" | "bay" | "beach" | "park" | "hotel" | "resort"
            | "airport" | "bridge" | "canyon" | "desert" | "forest" | "peninsula" | "coast" | "stadium" | "arena"
            | "theater" | "theatre" | "hall" | "tower" | "building" | "plaza" | "square" | "mine" | "creek" | "hills" | "heights"
            | "village" | "township" | "borough" | "parish" | "prefecture" | "region" | "territory" | "ranch" | "harbor" | "port" | "ocean" | "sea" | "drive" | "lane" | "highway" | "trail"
    )
}

/// Nouns that end a political place's name, so that it is a GPE.
pub(super) fn political(low: &str) -> bool {
    matches!(low, "county" | "province" | "city" | "township" | "prefecture" | "parish" | "state" | "municipality" | "republic" | "kingdom")
}

/// Nouns that end an event's name.
pub(super) fn event(low: &str) -> bool {
    matches!(
        low,
        "conference" | "summit" | "expo" | "festival" | "forum" | "symposium" | "convention" | "congress" | "week" | "month" | "day"
            | "games" | "cup" | "olympics" | "championship" | "championships" | "gala" | "fair" | "exhibition" | "meeting" | "workshop" | "tournament" | "marathon"
            | "webinar" | "hackathon" | "parade" | "concert" | "ball" | "war" | "sessions" | "showcase" | "bowl" | "open" | "classic" | "celebration" | "contest" | "competition"
            | "movement" | "retreat" | "roundtable"
    )
}

/// Nouns that end a law's or a plan's name.
pub(super) fn law(low: &str) -> bool {
    matches!(low, "act" | "bill" | "amendment" | "treaty" | "directive" | "regulation" | "code" | "accord" | "protocol" | "law" | "constitution" | "ordinance" | "statute" | "convention" | "proclamation")
}

/// Nouns that end a product's, a work's, an award's or a programme's name.
pub(super) fn product(low: &str) -> bool {
    matches!(
        low,
        "award" | "awards" | "prize" | "program" | "programme" | "platform" | "app" | "series" | "edition" | "index" | "report" | "podcast" | "magazine"
            | "show" | "suite" | "token" | "coin" | "scholarship" | "initiative" | "project" | "campaign" | "list" | "survey" | "guide" | "pro" | "max"
            | "plus" | "collection" | "engine" | "assistant" | "wallet" | "protocol" | "chain" | "album" | "book" | "review" | "medal" | "fellowship" | "grant" | "newsletter"
            | "score" | "certification" | "system" | "study" | "blog" | "handbook" | "dashboard" | "cloud" | "os" | "challenge" | "tracker" | "toolkit" | "card"
    )
}

/// Titles before a person's name; not part of it.
pub(super) fn honorific(low: &str) -> bool {
    matches!(
        low,
        "mr" | "mrs" | "ms" | "miss" | "dr" | "prof" | "professor" | "sir" | "dame" | "lord" | "lady" | "rev" | "reverend" | "sen" | "sens" | "senator"
            | "senators" | "rep" | "reps" | "representative" | "congressman" | "congresswoman" | "gov" | "governor" | "president" | "mayor" | "judge" | "justice" | "gen"
            | "general" | "col" | "colonel" | "capt" | "captain" | "lt" | "lieutenant" | "sgt" | "sergeant" | "maj" | "major" | "cpl" | "adm" | "admiral" | "detective" | "officer" | "chief"
            | "chairman" | "chairwoman" | "chair" | "minister" | "secretary" | "commissioner" | "councilman" | "councilwoman" | "councilmember" | "attorney" | "ambassador" | "king" | "queen" | "prince"
            | "princess" | "pope" | "bishop" | "archbishop" | "father" | "sister" | "brother" | "pastor" | "rabbi" | "imam" | "coach" | "founder" | "ceo" | "cfo" | "coo" | "cto" | "cmo" | "author"
            | "herr" | "frau" | "monsieur" | "madame" | "mme" | "m" | "señor" | "señora" | "assemblymember" | "assemblyman" | "assemblywoman" | "delegate" | "sheriff" | "trooper" | "hon" | "honorable" | "vice" | "director" | "superintendent" | "dean" | "chancellor" | "speaker" | "treasurer" | "spokesperson" | "spokesman" | "spokeswoman" | "agent" | "deputy" | "lead" | "partner" | "artist" | "actor" | "actress" | "singer" | "composer" | "conductor" | "choreographer" | "cinematographer" | "filmmaker" | "producer" | "musician" | "comedian" | "chef" | "lawyer" | "physician" | "nurse" | "owner" | "co-founder" | "cofounder" | "entrepreneur" | "investor" | "journalist" | "reporter" | "editor" | "analyst" | "economist" | "scientist" | "researcher" | "engineer" | "architect" | "designer" | "photographer" | "writer" | "poet" | "novelist" | "historian" | "host" | "principal" | "teacher"
    )
}

/// Titles that are never a part of the name and never a name's first word.
pub(super) fn strict_honorific(low: &str) -> bool {
    matches!(
        low,
        "mr" | "mrs" | "ms" | "miss" | "dr" | "prof" | "professor" | "sir" | "dame" | "rev" | "reverend" | "sen" | "sens" | "senator" | "senators" | "rep" | "reps"
            | "representative" | "congressman" | "congresswoman" | "gov" | "governor" | "president" | "mayor" | "judge" | "justice" | "gen" | "col" | "capt" | "captain" | "lt"
            | "lieutenant" | "sgt" | "sergeant" | "cpl" | "adm" | "admiral" | "chairman" | "chairwoman" | "minister" | "secretary" | "commissioner" | "councilman"
            | "councilwoman" | "councilmember" | "ambassador" | "ceo" | "cfo" | "coo" | "cto" | "herr" | "frau" | "monsieur" | "mme" | "sheriff" | "detective" | "hon" | "officer" | "attorney" | "pastor" | "colonel" | "general" | "coach" | "assemblymember" | "superintendent" | "director" | "trooper"
    )
}

/// Offices behind a person's name: `Jane Doe, President of Acme`.
pub(super) fn office(low: &str) -> bool {
    matches!(
        low,
        "president" | "ceo" | "cfo" | "coo" | "cto" | "cmo" | "cio" | "cpo" | "chief" | "chairman" | "chairwoman" | "chair" | "founder" | "co" | "cofounder" | "director" | "managing" | "manager"
            | "vice" | "senior" | "executive" | "head" | "partner" | "principal" | "professor" | "md" | "phd" | "ph.d." | "m.d." | "esq" | "author" | "spokesperson" | "spokesman" | "spokeswoman"
            | "general" | "secretary" | "minister" | "mayor" | "attorney" | "lead" | "owner" | "dean" | "chancellor" | "editor" | "analyst" | "associate" | "assistant" | "global" | "deputy" | "evp" | "svp" | "vp" | "jr" | "sr" | "commissioner" | "coordinator" | "cpa"
    )
}

/// Verbs of saying, in the forms that stand beside a quotation.
pub(super) fn saying(low: &str) -> bool {
    matches!(
        low,
        "said" | "says" | "added" | "adds" | "stated" | "states" | "explained" | "explains" | "commented" | "comments" | "noted" | "notes" | "remarked" | "continued"
            | "concluded" | "shared" | "shares" | "told" | "emphasized" | "stressed" | "announced" | "wrote" | "recalled" | "recalls"
    )
}

/// Small words inside names: `Bank of England`, `Ludwig van Beethoven`.
pub(super) fn inner(low: &str) -> bool {
    matches!(
        low,
        "of" | "the" | "for" | "and" | "&" | "de" | "du" | "des" | "la" | "le" | "les" | "van" | "von" | "der" | "den" | "del" | "della" | "di" | "da" | "dos" | "das" | "do" | "al" | "el"
            | "bin" | "ibn" | "y" | "zu" | "für" | "und" | "et" | "e" | "in" | "on" | "to" | "at" | "with"
    )
}

/// Small words inside people's names.
pub(super) fn particle(low: &str) -> bool {
    matches!(low, "de" | "du" | "la" | "le" | "van" | "von" | "der" | "den" | "del" | "della" | "di" | "da" | "dos" | "das" | "al" | "el" | "bin" | "ibn" | "ter" | "ten" | "st" | "zu")
}
