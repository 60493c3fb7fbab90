using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TrainingPortal.Practicals;

/// <summary>Which markings are marked a second time.</summary>
public static class SecondMarking
{
    /// <summary>
    /// Drawn from the marking's own id, so that nobody can choose and everybody can check it: the first four bytes of the
    /// SHA-256 of the id's 16 bytes (in the order in which it is written), as a big-endian number modulo 100, are below the share.
    /// </summary>
    /// <param name="percent">From 0 to 100.</param>
    public static bool IsAsked(Guid markingId, int percent) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(markingId.ToByteArray(bigEndian: true))) % 100 < percent;
}
