//! The oldest standard encryption of PDF (revision 2, RC4 with 40 bits), enough to test what a reader does with passwords.

const PADDING: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08, 0x2E, 0x2E, 0x00,
    0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];

/// Keys made from a user and an owner password.
pub struct Key {
    key: [u8; 5],
    owner: [u8; 32],
    user: [u8; 32],
}

fn padded(password: &str) -> [u8; 32] {
    let mut bytes = [0; 32];
    let all = password.bytes().chain(PADDING);
    bytes.iter_mut().zip(all).for_each(|(byte, value)| *byte = value);
    bytes
}

impl Key {
    /// The key of two passwords; all operations are allowed.
    pub fn new(user: &str, owner: &str) -> Self {
        let mut owner_entry = padded(user);
        rc4(&md5(&padded(owner))[..5], &mut owner_entry);
        let mut seed = padded(user).to_vec();
        seed.extend(owner_entry);
        seed.extend((-4i32).to_le_bytes());
        seed.extend(b"0123456789abcdef");
        let mut key = [0; 5];
        key.copy_from_slice(&md5(&seed)[..5]);
        let mut user_entry = PADDING;
        rc4(&key, &mut user_entry);
        Key {
            key,
            owner: owner_entry,
            user: user_entry,
        }
    }

    /// The bytes of a stream, encrypted for its object.
    pub fn encrypt(&self, object: u32, data: &[u8]) -> Vec<u8> {
        let mut seed = self.key.to_vec();
        seed.extend(&object.to_le_bytes()[..3]);
        seed.extend([0, 0]);
        let mut data = data.to_vec();
        rc4(&md5(&seed)[..10], &mut data);
        data
    }

    /// What the trailer says of the encryption.
    pub fn trailer(&self) -> String {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        format!(
            "/ID[<{id}><{id}>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{}>/U<{}>>>",
            hex(&self.owner),
            hex(&self.user),
            id = hex(b"0123456789abcdef")
        )
    }
}

fn rc4(key: &[u8], data: &mut [u8]) {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut j = 0usize;
    for i in 0..256 {
        j = (j + usize::from(state[i]) + usize::from(key[i % key.len()])) % 256;
        state.swap(i, j);
    }
    let (mut i, mut j) = (0usize, 0usize);
    for byte in data {
        i = (i + 1) % 256;
        j = (j + usize::from(state[i])) % 256;
        state.swap(i, j);
        *byte ^= state[(usize::from(state[i]) + usize::from(state[j])) % 256];
    }
}

fn md5(data: &[u8]) -> [u8; 16] {
    const SHIFTS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let mut message = data.to_vec();
    message.push(0x80);
    while message.len() % 64 != 56 {
        message.push(0);
    }
    message.extend((data.len() as u64 * 8).to_le_bytes());
    let mut state = [0x6745_2301u32, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476];
    for block in message.chunks_exact(64) {
        let words: Vec<u32> = block
            .chunks_exact(4)
            .map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
            .collect();
        let [mut a, mut b, mut c, mut d] = state;
        for step in 0..64 {
            let (mixed, word) = match step / 16 {
                0 => ((b & c) | (!b & d), step),
                1 => ((d & b) | (!d & c), (5 * step + 1) % 16),
                2 => (b ^ c ^ d, (3 * step + 5) % 16),
                _ => (c ^ (b | !d), (7 * step) % 16),
            };
            let constant = (((step + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a.wrapping_add(mixed).wrapping_add(constant).wrapping_add(words[word]);
            (a, d, c, b) = (d, c, b, b.wrapping_add(sum.rotate_left(SHIFTS[step / 16][step % 4])));
        }
        for (value, added) in state.iter_mut().zip([a, b, c, d]) {
            *value = value.wrapping_add(added);
        }
    }
    let mut digest = [0; 16];
    digest
        .chunks_exact_mut(4)
        .zip(state)
        .for_each(|(bytes, value)| bytes.copy_from_slice(&value.to_le_bytes()));
    digest
}
