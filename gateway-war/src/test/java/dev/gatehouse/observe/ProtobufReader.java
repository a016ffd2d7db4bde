package dev.gatehouse.observe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of one protobuf message, without its schema: enough to see what was exported. */
record ProtobufReader(List<Field> fields) {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    /** A field; the bytes of a text or a message, or a number. */
    record Field(int number, ByteBuffer bytes, long value) {}

    static ProtobufReader of(ByteBuffer message) {
        ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        List<Field> fields = new ArrayList<>();
        while (in.hasRemaining()) {
            long tag = varint(in);
            fields.add(field((int) (tag >>> 3), (int) (tag & 7), in));
        }
        return new ProtobufReader(fields);
    }

    private static Field field(int number, int type, ByteBuffer in) {
        return switch (type) {
            case VARINT -> new Field(number, ByteBuffer.allocate(0), varint(in));
            case FIXED64 -> new Field(number, ByteBuffer.allocate(0), in.getLong());
            case FIXED32 -> new Field(number, ByteBuffer.allocate(0), in.getInt());
            case BYTES -> {
                int length = (int) varint(in);
                ByteBuffer bytes = in.slice(in.position(), length);
                in.position(in.position() + length);
                yield new Field(number, bytes, 0);
            }
            default -> throw new AssertionError("wire type " + type);
        };
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = in.get();
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }

    List<ProtobufReader> messages(int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .map(field -> of(field.bytes()))
                .toList();
    }

    String text(int number) {
        return StandardCharsets.UTF_8.decode(bytes(number)).toString();
    }

    ByteBuffer bytes(int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .map(field -> field.bytes().duplicate())
                .findFirst()
                .orElse(ByteBuffer.allocate(0));
    }

    long number(int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .mapToLong(Field::value)
                .findFirst()
                .orElse(0);
    }
}
