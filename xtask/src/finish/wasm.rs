//! As much of the binary format of WebAssembly as it takes to rename what a module imports and exports.
//!
//! Guarantees that what it does not know is refused, not guessed: then there is no module.

const HEADER: [u8; 8] = *b"\0asm\x01\0\0\0";
const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
const FUNCTION: u8 = 0;

/// A module of which the two lists of names are understood and everything else is carried along.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Module {
    pub(super) imports: Vec<Import>,
    pub(super) exports: Vec<Export>,
    sections: Vec<(u8, Vec<u8>)>,
}

/// A function that the page gives.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Import {
    pub(super) module: String,
    pub(super) name: String,
    signature: u32,
}

/// A function, table, memory or global that the page gets.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Export {
    pub(super) name: String,
    kind: u8,
    index: u32,
}

impl Module {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = Reader(bytes.strip_prefix(&HEADER)?);
        let mut module = Self {
            imports: Vec::new(),
            exports: Vec::new(),
            sections: Vec::new(),
        };
        while !rest.0.is_empty() {
            let id = rest.byte()?;
            let length = rest.number()?;
            let body = rest.take(length)?;
            let mut list = Reader(body);
            match id {
                IMPORTS => module.imports = list.list(Reader::import)?,
                EXPORTS => module.exports = list.list(Reader::export)?,
                _ => list = Reader(&[]),
            }
            if !list.0.is_empty() {
                return None;
            }
            module.sections.push((id, body.to_vec()));
        }
        Some(module)
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let mut out = HEADER.to_vec();
        for (id, body) in &self.sections {
            let mut list = Vec::new();
            match *id {
                IMPORTS => {
                    number(&mut list, self.imports.len());
                    for import in &self.imports {
                        name(&mut list, &import.module);
                        name(&mut list, &import.name);
                        list.push(FUNCTION);
                        number(&mut list, import.signature as usize);
                    }
                }
                EXPORTS => {
                    number(&mut list, self.exports.len());
                    for export in &self.exports {
                        name(&mut list, &export.name);
                        list.push(export.kind);
                        number(&mut list, export.index as usize);
                    }
                }
                _ => list.clone_from(body),
            }
            out.push(*id);
            number(&mut out, list.len());
            out.extend(list);
        }
        out
    }

    /// Takes out what is there for tools and debuggers: a browser runs the module without.
    pub(super) fn strip(&mut self) {
        self.sections.retain(|(id, _)| *id != CUSTOM);
    }
}

struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, count: u32) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count as usize)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// LEB128, at most 32 bits.
    fn number(&mut self) -> Option<u32> {
        let mut number = 0_u64;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return u32::try_from(number).ok();
            }
        }
        None
    }

    fn name(&mut self) -> Option<String> {
        let length = self.number()?;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }

    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        (0..self.number()?).map(|_| item(self)).collect()
    }

    fn import(&mut self) -> Option<Import> {
        let (module, name) = (self.name()?, self.name()?);
        (self.byte()? == FUNCTION).then(|| {
            Some(Import {
                module,
                name,
                signature: self.number()?,
            })
        })?
    }

    fn export(&mut self) -> Option<Export> {
        Some(Export {
            name: self.name()?,
            kind: self.byte()?,
            index: self.number()?,
        })
    }
}

fn number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn name(out: &mut Vec<u8>, name: &str) {
    number(out, name.len());
    out.extend(name.as_bytes());
}

#[cfg(test)]
pub(super) mod tests {
    use super::{CUSTOM, EXPORTS, HEADER, IMPORTS, Module, name, number};

    /// A module of nothing but names: every import is of the first signature, every export the first function.
    pub(in super::super) fn module(imports: &[(&str, &str)], exports: &[&str]) -> Vec<u8> {
        let mut bytes = HEADER.to_vec();
        let mut section = |id: u8, body: &[u8]| {
            bytes.push(id);
            number(&mut bytes, body.len());
            bytes.extend(body);
        };
        section(1, &[1, 0x60, 0, 0]);
        let mut list = Vec::new();
        number(&mut list, imports.len());
        for (from, what) in imports {
            name(&mut list, from);
            name(&mut list, what);
            list.extend([0, 0]);
        }
        section(IMPORTS, &list);
        list.clear();
        number(&mut list, exports.len());
        for what in exports {
            name(&mut list, what);
            list.extend([0, 0]);
        }
        section(EXPORTS, &list);
        section(CUSTOM, b"\x04name");
        bytes
    }

    #[test]
    fn what_is_read_is_written_back_byte_for_byte() {
        let long = "n".repeat(300);
        let bytes = module(&[("./a.js", "one"), ("./a.js", &long)], &["memory"]);
        let mut read = Module::read(&bytes).unwrap();
        assert_eq!((read.imports.len(), read.exports.len()), (2, 1));
        assert_eq!(read.write(), bytes);
        read.strip();
        assert_eq!(read.write(), bytes[..bytes.len() - 7]);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let good = module(&[("a", "b")], &["c"]);
        assert!(Module::read(b"<!doctype html>").is_none());
        assert!(Module::read(&good[..good.len() - 1]).is_none());
        // The import becomes a memory, whose description is another.
        let kind = good.windows(5).position(|w| w == b"\x01a\x01b\0").unwrap() + 4;
        let mut other = good.clone();
        other[kind] = 2;
        assert!(Module::read(&other).is_none());
        // Five bytes that hold more than 32 bits.
        assert!(Module::read(b"\0asm\x01\0\0\0\x01\xff\xff\xff\xff\x7f").is_none());
    }
}
