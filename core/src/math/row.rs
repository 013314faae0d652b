//! Text put together piece by piece in one buffer that is used again for every row. The position is a plain number, so
//! that a row of twenty short pieces costs twenty stores, not twenty questions for room.

/// What text is appended to.
pub trait Out {
    /// Appends bytes.
    fn put(&mut self, text: &[u8]);

    /// Appends the first bytes of a word.
    fn put_word(&mut self, word: [u8; 8], length: usize);
}

impl Out for Vec<u8> {
    #[inline]
    fn put(&mut self, text: &[u8]) {
        self.extend_from_slice(text);
    }

    #[inline]
    fn put_word(&mut self, word: [u8; 8], length: usize) {
        self.extend_from_slice(&word);
        self.truncate(self.len() - 8 + length);
    }
}

/// A row in a buffer. What does not fit is counted and not written.
pub struct Row<'a> {
    room: &'a mut [u8],
    at: usize,
}

impl Out for Row<'_> {
    #[inline(always)]
    fn put(&mut self, text: &[u8]) {
        let end = self.at + text.len();
        if let Some(room) = self.room.get_mut(self.at..end) {
            room.copy_from_slice(text);
        }
        self.at = end;
    }

    #[inline(always)]
    fn put_word(&mut self, word: [u8; 8], length: usize) {
        if let Some(room) = self.room.get_mut(self.at..self.at + 8) {
            room.copy_from_slice(&word);
        } else if let (Some(room), Some(word)) = (self.room.get_mut(self.at..self.at + length), word.get(..length)) {
            room.copy_from_slice(word);
        }
        self.at += length;
    }
}

/// Appends a row: it is written into `scratch`, which grows to what the longest row needs, and copied from there.
#[inline(always)]
pub fn append_row(out: &mut Vec<u8>, scratch: &mut Vec<u8>, write: impl Fn(&mut Row)) {
    loop {
        let mut row = Row { room: scratch.as_mut_slice(), at: 0 };
        write(&mut row);
        let length = row.at;
        match scratch.get(..length) {
            Some(text) => return out.extend_from_slice(text),
            None => scratch.resize(length + 256, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_row_is_what_a_vector_holds(pieces in prop::collection::vec(("[a-z]{0,40}", 0usize..=8), 0..40), room in 0usize..64) {
            let write = |out: &mut dyn FnMut(&[u8], Option<usize>)| {
                for (text, length) in &pieces {
                    out(text.as_bytes(), None);
                    out(b"12345678", Some(*length));
                }
            };
            let mut expected = Vec::new();
            write(&mut |text, length| match length {
                Some(length) => expected.put_word(text.try_into().unwrap(), length),
                None => expected.put(text),
            });
            let (mut out, mut scratch) = (b"before".to_vec(), vec![0; room]);
            append_row(&mut out, &mut scratch, |row| write(&mut |text, length| match length {
                Some(length) => row.put_word(text.try_into().unwrap(), length),
                None => row.put(text),
            }));
            prop_assert_eq!(&out[6..], expected.as_slice());
        }
    }
}
