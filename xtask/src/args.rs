//! The few options our commands take, read strictly: a misspelt one is refused with the list of what there is.

use crate::failure::{Failure, Outcome};
use std::str::FromStr;

/// What is left of a command line.
pub(crate) struct Args {
    words: Vec<String>,
    usage: &'static str,
}

impl Args {
    pub(crate) fn new(words: impl IntoIterator<Item = String>, usage: &'static str) -> Self {
        // `--port=4181` is the same as `--port 4181`.
        let words = words
            .into_iter()
            .flat_map(|word| match word.split_once('=') {
                Some((name, value)) if name.starts_with("--") => {
                    vec![name.to_owned(), value.to_owned()]
                }
                _ => vec![word],
            })
            .collect();
        Self { words, usage }
    }

    /// Takes `--name`.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|word| word != name);
        self.words.len() < before
    }

    /// Takes `--name VALUE`.
    pub(crate) fn value<T: FromStr>(&mut self, name: &str) -> Outcome<Option<T>> {
        let Some(at) = self.words.iter().position(|word| word == name) else {
            return Ok(None);
        };
        self.words.remove(at);
        if at >= self.words.len() {
            return Err(Failure::new(format!(
                "`{name}` needs a value. Usage: {}",
                self.usage
            )));
        }
        let text = self.words.remove(at);
        text.parse().map(Some).map_err(|_| {
            Failure::new(format!(
                "`{name} {text}` is not understood. Usage: {}",
                self.usage
            ))
        })
    }

    /// Takes every `--name VALUE`.
    pub(crate) fn values(&mut self, name: &str) -> Outcome<Vec<String>> {
        let mut all = Vec::new();
        while let Some(value) = self.value(name)? {
            all.push(value);
        }
        Ok(all)
    }

    /// Refuses whatever nobody took.
    pub(crate) fn finish(self) -> Outcome {
        match self.words.first() {
            None => Ok(()),
            Some(word) => Err(Failure::new(format!(
                "`{word}` is not understood. Usage: {}",
                self.usage
            ))),
        }
    }

    /// Takes the first word.
    pub(crate) fn word(&mut self) -> Option<String> {
        (!self.words.is_empty()).then(|| self.words.remove(0))
    }
}

#[cfg(test)]
mod tests {
    use super::Args;

    fn args(line: &str) -> Args {
        Args::new(line.split_whitespace().map(str::to_owned), "x [--port N]")
    }

    #[test]
    fn values_come_with_or_without_an_equals_sign() {
        assert_eq!(args("--port 1").value::<u16>("--port").unwrap(), Some(1));
        assert_eq!(args("--port=2").value::<u16>("--port").unwrap(), Some(2));
    }

    #[test]
    fn an_option_may_be_given_again_and_again() {
        let mut line = args("--to a --other 1 --to=b");
        assert_eq!(line.values("--to").unwrap(), ["a", "b"]);
        assert_eq!(line.value::<u16>("--other").unwrap(), Some(1));
        line.finish().unwrap();
        assert!(args("--to a --to").values("--to").is_err());
    }

    #[test]
    fn what_is_misspelt_is_refused_with_the_usage() {
        let mut line = args("--prot 1");
        assert_eq!(line.value::<u16>("--port").unwrap(), None);
        assert_eq!(
            line.finish().unwrap_err().to_string(),
            "`--prot` is not understood. Usage: x [--port N]"
        );
        assert!(args("--port many").value::<u16>("--port").is_err());
        assert!(args("--port").value::<u16>("--port").is_err());
    }
}
