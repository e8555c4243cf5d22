//! A generator of releases for benchmarks: seeded, so that every run reads the same bytes; shaped like real ones
//! (headline, dateline, lede, body, quotations, boilerplate, contact), about 2.6 kB each. Words are drawn from the
//! program's own lexicon by Zipf's law behind the function words of English, names from two tables whose products have
//! a long tail: vocabulary and entities go on growing, which is what loads an index.

use std::fmt::Write;

use dateline::release::{Format, Incoming};

const COMMON: &str = "the of and to in a is that for it as was with be by on not he his but at are this have from or had \
    an which one we were all their said has its more will would about than into other new time some could these two may \
    first then any my now such like our over even most me after also made well many must before back through years where \
    much your way down should because each just those people how too little state good very make world still see own \
    work men here get both between life being under three never know same last another while us off might great go come \
    since against right came take used himself few house use place during high without again home around small however";
const FIRST: &str = "James Mary Wei Fatima Carlos Aisha John Patricia Robert Jennifer Linda Yuki Priya David Elizabeth Olga \
    Ahmed Sofia Daniel Barbara Hiroshi Ingrid Mateo Lucia Thomas Susan Ana Pierre Claire Igor Kwame Noor Elena Peter Karen \
    Lars Omar Nadia George Ruth Brian Amara Kenji Beatriz Renée Søren Chidi";
const LAST: &str = "Smith Johnson Wang Garcia Patel Kim Nguyen Müller Brown Davis Zhang Okafor Rossi Silva Tanaka Cohen Ivanov \
    Martin Thompson White Lopez Hill Scott Green Adams Baker Rivera Campbell Mitchell Carter Roberts Phillips Evans Turner \
    Parker Collins Edwards Stewart Morris Murphy Cook Rogers Kowalski Hansen Nakamura Singh Dubois Fernández Haddad Mbeki";
const STEM: &str = "Nova Aero Quant Terra Luma Vertex Helio Cryo Omni North Cedar Summit Atlas Orion Delta Apex Core Bright \
    Clear Hydro Jade Kite Lake Neo Pure Sol Trans Vita West Zen Alto Brio Cala Dyna Evo Flux";
const TAIL: &str = "dyne tech gen works path bridge point labs wave stone field line grid ware link cast tron medica logic craft";
const FORM: &str = "Inc. Corp. LLC Ltd. Group Technologies Energy Partners Bank University Foundation plc AG Systems Capital Health";
const CITY: [&str; 12] = [
    "NEW YORK",
    "LONDON",
    "HOUSTON",
    "CHICAGO",
    "TORONTO",
    "PARIS",
    "BOSTON",
    "MUNICH",
    "SINGAPORE",
    "SYDNEY",
    "LISBON",
    "DENVER",
];
const WIRE: [&str; 4] = [
    "/PRNewswire/",
    "(BUSINESS WIRE)",
    "(GLOBE NEWSWIRE)",
    "/ACCESSWIRE/",
];
const MONTH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Makes releases; the same seed gives the same ones.
pub struct Corpus {
    state: u64,
    words: Vec<&'static str>,
    made: u64,
}

impl Corpus {
    pub fn new(seed: u64) -> Self {
        let lexicon = include_str!("../../assets/lexicon/words.txt");
        let mut rare: Vec<&str> = lexicon
            .lines()
            .filter_map(|line| {
                line.split(|c: char| !c.is_ascii_alphabetic())
                    .find(|word| word.len() > 3)
            })
            .filter(|word| word.chars().all(|c| c.is_ascii_lowercase()))
            .collect();
        let mut corpus = Self {
            state: seed | 1,
            words: Vec::new(),
            made: 0,
        };
        for at in (1..rare.len()).rev() {
            rare.swap(at, corpus.below(at + 1));
        }
        corpus.words = COMMON
            .split_whitespace()
            .chain(rare.into_iter().take(40_000))
            .collect();
        corpus
    }

    fn next(&mut self) -> u64 {
        // xorshift64*
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A rank of `n` by Zipf's law.
    fn zipf(&mut self, n: usize) -> usize {
        ((n as f64).powf(self.unit()) as usize - 1).min(n - 1)
    }

    fn of(&mut self, list: &'static str) -> &'static str {
        let all: Vec<&str> = list.split_whitespace().collect();
        let at = self.below(all.len());
        all[at]
    }

    fn person(&mut self) -> (String, &'static str) {
        let (first, last) = (self.of(FIRST), self.of(LAST));
        let middle = (b'A' + self.below(26) as u8) as char;
        let full = if self.below(3) == 0 {
            format!("{first} {middle}. {last}")
        } else {
            format!("{first} {last}")
        };
        (full, last)
    }

    fn organisation(&mut self) -> (String, String) {
        let (stem, tail, form) = (self.of(STEM), self.of(TAIL), self.of(FORM));
        let short = format!("{stem}{tail}");
        (format!("{short} {form}"), short)
    }

    fn sentence(&mut self, out: &mut String, names: &[&str]) {
        let words = 9 + self.below(20);
        for at in 0..words {
            if at > 0 {
                out.push(' ');
            }
            match self.below(40) {
                0 if !names.is_empty() => {
                    let at = self.below(names.len());
                    out.push_str(names[at]);
                }
                1 => {
                    let _ = write!(out, "${}.{} million", 1 + self.below(900), self.below(10));
                }
                2 => {
                    let _ = write!(out, "{} per cent", 1 + self.below(99));
                }
                _ => {
                    let rank = self.zipf(self.words.len());
                    let word = self.words[rank];
                    if at == 0 {
                        out.push_str(&word[..1].to_uppercase());
                        out.push_str(&word[1..]);
                    } else {
                        out.push_str(word);
                    }
                }
            }
            if at + 1 < words && self.below(11) == 0 {
                out.push(',');
            }
        }
        out.push('.');
    }

    /// The next release: dates go through ten years, oldest first with some disorder.
    pub fn release(&mut self, of: u64) -> Incoming {
        let number = self.made;
        self.made += 1;
        let day = (number * 3_600 / of.max(1)) as i64 + self.below(30) as i64;
        let (year, month, date) = (2015 + day / 372, (day / 31) % 12, 1 + day % 28);
        let minute = self.below(24 * 60);
        let (organisation, short) = self.organisation();
        let (partner, _) = self.organisation();
        let ((person, surname), (other, _)) = (self.person(), self.person());
        let city = CITY[self.below(CITY.len())];
        let wire = WIRE[self.below(WIRE.len())];
        let month_name = MONTH[month as usize];
        let mut headline = format!("{short} ");
        self.sentence(&mut headline, &[]);
        headline.truncate(headline.find([',', '.']).unwrap_or(headline.len()).min(90));
        let mut text = format!(
            "{headline}\n\n{city}, {month_name} {date}, {year} {wire} -- {organisation} announced today. "
        );
        let names = [
            organisation.as_str(),
            short.as_str(),
            partner.as_str(),
            surname,
            other.as_str(),
        ];
        let goal = 2_250 + self.below(500);
        let mut paragraph = 0;
        while text.len() < goal {
            for _ in 0..2 + self.below(3) {
                self.sentence(&mut text, &names);
                text.push(' ');
            }
            text.push_str("\n\n");
            if paragraph % 2 == 0 {
                text.push('“');
                self.sentence(&mut text, &[]);
                text.pop();
                let _ = write!(
                    text,
                    ",” said {person}, Chief Executive of {organisation}.\n\n"
                );
            }
            paragraph += 1;
        }
        let _ = write!(text, "About {short}\n\n{organisation} is ");
        self.sentence(&mut text, &[]);
        let _ = write!(
            text,
            "\n\nMedia Contact\n{other}\n+1 555 01{:02}\npress@{}.example\n\nSOURCE {organisation}\n",
            self.below(100),
            short.to_lowercase()
        );
        Incoming {
            guid: Some(format!("bench-{number}")),
            url: Some(format!("https://wire.example/releases/{number}")),
            headline: Some(headline),
            published: Some(format!(
                "{year}-{:02}-{date:02}T{:02}:{:02}:00Z",
                month + 1,
                minute / 60,
                minute % 60
            )),
            source: Some(format!("Wire {}", number % 7)),
            original: text.clone().into_bytes(),
            text,
            format: Format::Plain,
            ..Incoming::default()
        }
    }
}
