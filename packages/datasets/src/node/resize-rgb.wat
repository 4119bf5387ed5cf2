;; Makes each row of a smaller image of red, green and blue bytes: first the weighted sum of 4 rows of the source, then of 4 pixels of that line.
;; Weights are 16-bit integers in units of 1/4096. Tables have 12 bytes an entry: where the first of the 4 lies (in bytes), the first and the
;; second weight, the third and the fourth. `rgb-resizer.js` lays the memory out; up to 16 bytes behind each part are read or written over.
(module
  (memory (export "memory") 1)
  (func (export "resize")
    (param $source i32) (param $stride i32)
    (param $rows i32) (param $rowsEnd i32)
    (param $columns i32) (param $columnsEnd i32)
    (param $line i32) (param $lineEnd i32)
    (param $target i32)
    (local $at i32) (local $from i32) (local $column i32)
    (local $weights01 v128) (local $weights23 v128) (local $half v128) (local $zero v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $low v128) (local $high v128)
    (local.set $half (v128.const i32x4 2048 2048 2048 2048))
    (loop $nextRow
      (local.set $from (i32.add (local.get $source) (i32.load (local.get $rows))))
      (local.set $weights01 (v128.load32_splat offset=4 (local.get $rows)))
      (local.set $weights23 (v128.load32_splat offset=8 (local.get $rows)))
      (local.set $at (local.get $line))
      (loop $nextBytes
        (local.set $a (v128.load (local.get $from)))
        (local.set $b (v128.load (i32.add (local.get $from) (local.get $stride))))
        (local.set $c (v128.load (i32.add (local.get $from) (i32.shl (local.get $stride) (i32.const 1)))))
        (local.set $d (v128.load (i32.add (local.get $from) (i32.mul (local.get $stride) (i32.const 3)))))
        ;; The bytes of two rows by turns, so that one instruction multiplies and adds both.
        (local.set $low (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $a) (local.get $b)))
        (local.set $high (i8x16.shuffle 8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31 (local.get $a) (local.get $b)))
        (local.set $a (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $c) (local.get $d)))
        (local.set $b (i8x16.shuffle 8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31 (local.get $c) (local.get $d)))
        (v128.store (local.get $at)
          (i8x16.narrow_i16x8_u
            (i16x8.narrow_i32x4_s
              (i32x4.shr_s (i32x4.add (local.get $half) (i32x4.add
                (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_u (local.get $low)) (local.get $weights01))
                (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_u (local.get $a)) (local.get $weights23)))) (i32.const 12))
              (i32x4.shr_s (i32x4.add (local.get $half) (i32x4.add
                (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_u (local.get $low)) (local.get $weights01))
                (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_u (local.get $a)) (local.get $weights23)))) (i32.const 12)))
            (i16x8.narrow_i32x4_s
              (i32x4.shr_s (i32x4.add (local.get $half) (i32x4.add
                (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_u (local.get $high)) (local.get $weights01))
                (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_u (local.get $b)) (local.get $weights23)))) (i32.const 12))
              (i32x4.shr_s (i32x4.add (local.get $half) (i32x4.add
                (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_u (local.get $high)) (local.get $weights01))
                (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_u (local.get $b)) (local.get $weights23)))) (i32.const 12)))))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $nextBytes (i32.lt_u (local.get $at) (local.get $lineEnd))))
      (local.set $column (local.get $columns))
      (loop $nextColumn
        (local.set $a (v128.load (i32.add (local.get $line) (i32.load (local.get $column)))))
        ;; Red of the first and the second pixel, green of both, blue of both, each in 16 bits; then those of the third and the fourth.
        (local.set $low (i32x4.dot_i16x8_s
          (i8x16.shuffle 0 16 3 16 1 16 4 16 2 16 5 16 16 16 16 16 (local.get $a) (local.get $zero))
          (v128.load32_splat offset=4 (local.get $column))))
        (local.set $high (i32x4.dot_i16x8_s
          (i8x16.shuffle 6 16 9 16 7 16 10 16 8 16 11 16 16 16 16 16 (local.get $a) (local.get $zero))
          (v128.load32_splat offset=8 (local.get $column))))
        (local.set $a (i32x4.shr_s (i32x4.add (local.get $half) (i32x4.add (local.get $low) (local.get $high))) (i32.const 12)))
        (local.set $a (i16x8.narrow_i32x4_s (local.get $a) (local.get $a)))
        ;; The fourth byte is written over by the next pixel.
        (v128.store32_lane 0 (local.get $target) (i8x16.narrow_i16x8_u (local.get $a) (local.get $a)))
        (local.set $target (i32.add (local.get $target) (i32.const 3)))
        (local.set $column (i32.add (local.get $column) (i32.const 12)))
        (br_if $nextColumn (i32.lt_u (local.get $column) (local.get $columnsEnd))))
      (local.set $rows (i32.add (local.get $rows) (i32.const 12)))
      (br_if $nextRow (i32.lt_u (local.get $rows) (local.get $rowsEnd))))))
