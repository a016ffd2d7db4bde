package dev.gatehouse.bench.load;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class HeapInfoTest {

    @Test
    void g1_isTheWholeHeapWithoutMetaspace() throws IOException {
        String info = """
                 garbage-first heap   total 262144K, used 4096K [0x0000000706c00000, 0x0000000800000000)
                  region size 2048K, 2 young (4096K), 0 survivors (0K)
                 Metaspace       used 8192K, committed 8384K, reserved 1114112K
                  class space    used 800K, committed 900K, reserved 1048576K
                """;

        assertThat(HeapInfo.usedBytes(info)).isEqualTo(4096 * 1024);
    }

    @Test
    void serial_isTheSumOfTheGenerations() throws IOException {
        String info = """
                 def new generation   total 78656K, used 1000K [0x1, 0x2, 0x3)
                  eden space 69952K,   2% used [0x1, 0x2, 0x3)
                 tenured generation   total 174784K, used 24K [0x1, 0x2, 0x3)
                   the space 174784K,   0% used [0x1, 0x2, 0x3, 0x4)
                 Metaspace       used 100K, committed 200K, reserved 300K
                """;

        assertThat(HeapInfo.usedBytes(info)).isEqualTo(1024 * 1024);
    }

    @Test
    void zgc_isInMebibytes() throws IOException {
        assertThat(HeapInfo.usedBytes(" ZHeap           used 20M, capacity 256M, max capacity 4096M"))
                .isEqualTo(20 << 20);
    }

    @Test
    void unknownCollector_isRefused() {
        assertThatIOException().isThrownBy(() -> HeapInfo.usedBytes("Epsilon")).withMessageContaining("'Epsilon'");
    }
}
