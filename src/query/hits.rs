//! Where the words of a query stand in a text: what is lit in an opened release and in the snippets. It reads words as
//! the index does, so that every release that is found has something to light.

use std::collections::VecDeque;
use std::ops::Range;

use super::fold::fold;
use super::tokens::{places, tokens, unspaced};
use super::tree::{Field, Node, Query, Words};

/// The words and phrases of a query that light up, ready to be looked for in many texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lights {
    phrases: Vec<Words>,
}

/// One hit.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hit {
    place: Range<usize>,
    phrase: usize,
}

impl Query {
    /// What this query lights in a text: all words and phrases that are asked for, none that are excluded.
    #[must_use]
    pub fn lights(&self) -> Lights {
        let mut lights = Lights::default();
        if let Some(root) = &self.root {
            lights.collect(root);
        }
        lights
    }
}

impl Lights {
    /// Whether there is nothing to light.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Where they stand in `text`: byte ranges, in order, not overlapping.
    #[must_use]
    pub fn hits(&self, text: &str) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> =
            self.find(text).into_iter().map(|hit| hit.place).collect();
        places.sort_unstable_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
        let mut end = 0;
        places.retain(|place| {
            let free = place.start >= end;
            if free {
                end = place.end;
            }
            free
        });
        places
    }

    /// The best stretch of about `width` bytes: where most different words stand, then most words, then the first.
    /// Gives the byte at which it should begin; `None` where nothing is lit.
    #[must_use]
    pub fn best_stretch(&self, text: &str, width: usize) -> Option<usize> {
        let mut hits = self.find(text);
        hits.sort_unstable_by_key(|hit| hit.place.start);
        let mut best: Option<(usize, usize, usize)> = None;
        let mut last = 0;
        let mut counts = vec![0_usize; self.phrases.len()];
        for first in 0..hits.len() {
            while last < hits.len() && hits[last].place.end <= hits[first].place.start + width {
                counts[hits[last].phrase] += 1;
                last += 1;
            }
            let different = counts.iter().filter(|n| **n > 0).count();
            let score = (different, last.saturating_sub(first));
            if best.is_none_or(|(d, n, _)| score > (d, n)) {
                best = Some((score.0, score.1, hits[first].place.start));
            }
            if last > first {
                counts[hits[first].phrase] -= 1;
            } else {
                last = first + 1;
            }
        }
        best.map(|(_, _, start)| start)
    }

    /// How many different words of the query stand in `text`, and how many hits there are.
    #[must_use]
    pub fn weight(&self, text: &str) -> (usize, usize) {
        let hits = self.find(text);
        let mut seen = vec![false; self.phrases.len()];
        for hit in &hits {
            seen[hit.phrase] = true;
        }
        (seen.iter().filter(|s| **s).count(), hits.len())
    }

    fn collect(&mut self, node: &Node) {
        match node {
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| self.collect(node)),
            Node::Words(words) => match words.near {
                // Words near each other light one by one.
                Some(_) => self
                    .phrases
                    .extend(words.words.iter().enumerate().map(|(at, word)| Words {
                        words: vec![word.clone()],
                        prefix: words.prefix && at + 1 == words.words.len(),
                        near: None,
                        field: words.field,
                    })),
                None => self.phrases.push(words.clone()),
            },
            Node::Names(_, names) | Node::Issuer(names) => {
                for name in names {
                    let words: Vec<String> = tokens(name).map(|token| token.word).collect();
                    if !words.is_empty() {
                        self.phrases.push(Words {
                            field: Field::Any,
                            words,
                            prefix: true,
                            near: None,
                        });
                    }
                }
            }
            _ => {}
        }
    }

    fn find(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        let longest = self
            .phrases
            .iter()
            .map(|p| p.words.len())
            .max()
            .unwrap_or(0);
        if longest == 0 {
            return hits;
        }
        let mut window: VecDeque<Range<usize>> = VecDeque::with_capacity(longest);
        let mut source = places(text);
        loop {
            while window.len() < longest {
                match source.next() {
                    Some(place) => window.push_back(place),
                    None => break,
                }
            }
            if window.is_empty() {
                return hits;
            }
            for (number, phrase) in self.phrases.iter().enumerate() {
                match_at(text, &window, number, phrase, &mut hits);
            }
            window.pop_front();
        }
    }
}

/// The hits of one phrase that begin with the first word of `window`.
fn match_at(
    text: &str,
    window: &VecDeque<Range<usize>>,
    number: usize,
    phrase: &Words,
    hits: &mut Vec<Hit>,
) {
    let [first, ..] = phrase.words.as_slice() else {
        return;
    };
    if phrase.words.len() == 1 && first.chars().any(unspaced) {
        within(text, &window[0], first, number, hits);
        return;
    }
    let last = phrase.words.len() - 1;
    let all = phrase.words.iter().enumerate().all(|(at, word)| {
        window
            .get(at)
            .is_some_and(|place| alike(&text[place.clone()], word, at == last && phrase.prefix))
    });
    if all {
        let place = window[0].start..window[last].end;
        hits.push(Hit {
            place,
            phrase: number,
        });
    }
}

/// Whether a printed word is, or begins with, a folded one. Texts are mostly ASCII, so that is compared in place.
fn alike(printed: &str, word: &str, beginning: bool) -> bool {
    let (p, w) = (printed.as_bytes(), word.as_bytes());
    match (p.first(), w.first()) {
        (Some(a), Some(b)) if a.is_ascii() && b.is_ascii() && a.to_ascii_lowercase() != *b => {
            return false;
        }
        _ => {}
    }
    if printed.is_ascii() {
        return (p.len() == w.len() || (beginning && p.len() > w.len()))
            && p[..w.len()].eq_ignore_ascii_case(w);
    }
    let folded = fold(printed);
    if beginning {
        folded.starts_with(word)
    } else {
        folded == word
    }
}

/// The places of `part` inside one run of a script without spaces.
fn within(text: &str, run: &Range<usize>, part: &str, number: usize, hits: &mut Vec<Hit>) {
    let printed = &text[run.start..run.end];
    for (at, found) in printed.match_indices(part) {
        let start = run.start + at;
        hits.push(Hit {
            place: start..start + found.len(),
            phrase: number,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lit<'a>(query: &str, text: &'a str) -> Vec<&'a str> {
        Query::typed(query)
            .lights()
            .hits(text)
            .into_iter()
            .map(|place| &text[place])
            .collect()
    }

    #[test]
    fn words_phrases_and_beginnings_light() {
        let text = "Solar power: the Bank’s SOLAR-POWER plan, été in Zürich.";
        assert_eq!(
            lit("\"solar power\" ", text),
            ["Solar power", "SOLAR-POWER"]
        );
        assert_eq!(lit("ete zur", text), ["été", "Zürich"]);
        assert_eq!(lit("org:bank -plan ", text), ["Bank"]);
        assert_eq!(lit("", text), Vec::<&str>::new());
    }

    #[test]
    fn parts_of_unspaced_runs_light() {
        assert_eq!(lit("新质", "发展新质生产力，新质"), ["新质", "新质"]);
    }

    #[test]
    fn the_stretch_with_most_different_words_wins() {
        let text = format!(
            "solar {} solar wind {}",
            "filler ".repeat(40),
            "more ".repeat(40)
        );
        let start = Query::parse("solar wind")
            .lights()
            .best_stretch(&text, 80)
            .expect("lit");
        assert!(text[start..].starts_with("solar wind"));
    }
}
